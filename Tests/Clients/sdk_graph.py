"""Microsoft's Graph SDK for Python against the emulator: what a team's script does with guests."""

import asyncio
import os

from azure.identity import ClientSecretCredential
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider)
from msgraph import GraphServiceClient
from msgraph.generated.models.app_role_assignment import AppRoleAssignment
from msgraph.generated.models.invitation import Invitation
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.generated.models.user import User
from msgraph.generated.service_principals.service_principals_request_builder import (
    ServicePrincipalsRequestBuilder)
from msgraph.generated.users.delta.delta_request_builder import DeltaRequestBuilder
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph_core.tasks.page_iterator import PageIterator
from uuid import UUID

import stage
from checks import Checks, endpoint

checks = Checks("msgraph-sdk")
DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000"


def client(client_id, secret):
    credential = ClientSecretCredential(
        os.environ["AZURE_TENANT_ID"], client_id, secret,
        authority=endpoint(), disable_instance_discovery=True)
    # The SDK hands its token to the hosts that it is told to trust only.
    provider = AzureIdentityAuthenticationProvider(
        credential, scopes=[f"{endpoint()}/.default"], allowed_hosts=["localhost"])
    adapter = GraphRequestAdapter(provider)
    adapter.base_url = f"{endpoint()}/v1.0"
    return GraphServiceClient(request_adapter=adapter), adapter


async def all_pages(first, adapter):
    found = []
    iterator = PageIterator(first, adapter)
    await iterator.iterate(lambda item: (found.append(item), True)[1])
    return found


async def failure(what, awaitable, status, code):
    try:
        await awaitable
        checks.holds(f"{what} fails", False)
    except ODataError as error:
        seen = (error.response_status_code, error.error and error.error.code)
        checks.holds(f"{what} is {status} {code}", seen == (status, code), seen)


async def read(graph, adapter):
    with checks.step("list guests"):
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
            filter="userType eq 'Guest'", select=["id", "mail", "userType", "externalUserState"],
            top=5)
        page = await graph.users.get(RequestConfiguration(query_parameters=query))
        checks.holds("a page of guests is as long as asked", len(page.value) == 5)
        guests = await all_pages(page, adapter)
        checks.holds(
            "the page iterator finds every guest once",
            len(guests) == len({guest.id for guest in guests}) > 5
            and all(guest.user_type == "Guest" for guest in guests), len(guests))
    with checks.step("count"):
        configuration = RequestConfiguration()
        configuration.headers.add("ConsistencyLevel", "eventual")
        counted = await graph.users.count.get(configuration)
        everyone = await all_pages(await graph.users.get(), adapter)
        checks.holds("the count is the number of users", counted == len(everyone), counted)
    with checks.step("an advanced query"):
        query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
            filter="endsWith(mail,'fabrikam.example')", count=True, select=["id", "mail"])
        configuration = RequestConfiguration(query_parameters=query)
        configuration.headers.add("ConsistencyLevel", "eventual")
        page = await graph.users.get(configuration)
        checks.holds(
            "endsWith with $count finds a partner's guests",
            page.value and page.odata_count == len(page.value), page.odata_count)
    with checks.step("service principals"):
        query = ServicePrincipalsRequestBuilder.ServicePrincipalsRequestBuilderGetQueryParameters(
            filter="displayName eq 'Contoso Expenses'", select=["id", "appId", "appRoles"])
        page = await graph.service_principals.get(RequestConfiguration(query_parameters=query))
        checks.holds(
            "an app is found by name, with its roles",
            len(page.value) == 1 and page.value[0].app_roles)
        app = page.value[0]
        same = await graph.service_principals_with_app_id(app.app_id).get()
        checks.holds("the same app is found by its app id", same.id == app.id)
        given = await graph.service_principals.by_service_principal_id(
            app.id).app_role_assigned_to.get()
        checks.holds("its assignments name it", all(
            str(one.resource_id) == app.id for one in given.value))
    with checks.step("delta"):
        first = await graph.users.delta.get(RequestConfiguration(
            query_parameters=DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(
                select=["id", "mail"])))
        count = len(first.value)
        while first.odata_next_link:
            first = await graph.users.delta.with_url(first.odata_next_link).get()
            count += len(first.value)
        checks.holds("delta ends in a delta link", bool(first.odata_delta_link))
        again = await graph.users.delta.with_url(first.odata_delta_link).get()
        checks.holds("the delta link finds nothing new", again.value == [])
        return first.odata_delta_link


async def write(graph, adapter):
    with checks.step("invite"):
        sent = await graph.invitations.post(Invitation(
            invited_user_email_address="new.guest@fabrikam.example",
            invited_user_display_name="New Guest",
            invite_redirect_url="https://myapps.microsoft.com",
            send_invitation_message=False))
        guest_id = sent.invited_user.id
        checks.holds("an invitation makes a guest", bool(guest_id) and bool(sent.invite_redeem_url))
        query = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters(
            select=["id", "mail", "userType", "externalUserState", "accountEnabled", "identities"])
        guest = graph.users.by_user_id(guest_id)
        seen = await guest.get(RequestConfiguration(query_parameters=query))
        checks.holds(
            "the guest is pending", (seen.user_type, seen.external_user_state)
            == ("Guest", "PendingAcceptance"), seen)
    with checks.step("assign a role"):
        page = await graph.service_principals.get(RequestConfiguration(
            query_parameters=ServicePrincipalsRequestBuilder
            .ServicePrincipalsRequestBuilderGetQueryParameters(
                filter="displayName eq 'Contoso Expenses'")))
        app = page.value[0]
        role = next(one for one in app.app_roles if "User" in one.allowed_member_types)
        path = graph.service_principals.by_service_principal_id(app.id).app_role_assigned_to
        wanted = AppRoleAssignment(
            principal_id=UUID(guest_id), resource_id=UUID(app.id), app_role_id=role.id)
        made = await path.post(wanted)
        checks.holds("an assignment is made", str(made.principal_id) == guest_id and bool(made.id))
        await failure("the same assignment again", path.post(wanted), 400, "Request_BadRequest")
        held = await guest.app_role_assignments.get()
        checks.holds("the guest holds it", [one.id for one in held.value] == [made.id])
        await path.by_app_role_assignment_id(made.id).delete()
        held = await guest.app_role_assignments.get()
        checks.holds("and no longer, once deleted", held.value == [])
    with checks.step("group membership"):
        group = (await graph.groups.get()).value[0]
        members = graph.groups.by_group_id(group.id).members
        await members.ref.post(ReferenceCreate(
            odata_id=f"{endpoint()}/v1.0/directoryObjects/{guest_id}"))
        inside = {one.id for one in await all_pages(await members.get(), adapter)}
        checks.holds("a guest is added to a group", guest_id in inside)
        await failure(
            "adding it again", members.ref.post(ReferenceCreate(
                odata_id=f"{endpoint()}/v1.0/directoryObjects/{guest_id}")),
            400, "Request_BadRequest")
        await members.by_directory_object_id(guest_id).ref.delete()
        inside = {one.id for one in await all_pages(await members.get(), adapter)}
        checks.holds("and removed from it", guest_id not in inside)
    with checks.step("block"):
        await guest.patch(User(account_enabled=False))
        await guest.revoke_sign_in_sessions.post()
        seen = await guest.get(RequestConfiguration(query_parameters=query))
        checks.holds("a guest is blocked", seen.account_enabled is False)
    with checks.step("delete and restore"):
        await guest.delete()
        await failure("reading a deleted guest", guest.get(), 404, "Request_ResourceNotFound")
        gone = await all_pages(await graph.directory.deleted_items.graph_user.get(), adapter)
        checks.holds("it is among the deleted", guest_id in {one.id for one in gone})
        await graph.directory.deleted_items.by_directory_object_id(guest_id).restore.post()
        checks.holds("and back under its id", (await guest.get()).id == guest_id)
    return guest_id


async def main():
    graph, adapter = client(stage.SECRET_CLIENT, stage.SECRET)
    delta_link = await read(graph, adapter)
    guest_id = await write(graph, adapter)
    with checks.step("delta after writes"):
        changed = await graph.users.delta.with_url(delta_link).get()
        checks.holds("delta tells of the guest", guest_id in {one.id for one in changed.value})
    with checks.step("errors"):
        await failure(
            "an unknown user", graph.users.by_user_id(
                "00000000-0000-4000-8000-00000000dead").get(), 404, "Request_ResourceNotFound")
        await failure(
            "a filter that is none", graph.users.get(RequestConfiguration(
                query_parameters=UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
                    filter="userType is 'Guest'"))), 400, "Request_BadRequest")
    with checks.step("a reader"):
        reader, _ = client(stage.READER_CLIENT, stage.READER_SECRET)
        checks.holds("a reader reads", bool((await reader.users.get()).value))
        await failure("a reader's delete", reader.users.by_user_id(guest_id).delete(),
                      403, "Authorization_RequestDenied")
        await failure("a reader's invitation", reader.invitations.post(Invitation(
            invited_user_email_address="x@fabrikam.example",
            invite_redirect_url="https://myapps.microsoft.com")),
            403, "Authorization_RequestDenied")


asyncio.run(main())
checks.end()
