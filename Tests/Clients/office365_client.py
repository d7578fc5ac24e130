"""Office365-REST-Python-Client against the emulator, sent there by its table of clouds."""

import os

import msal
from office365 import azure_env
from office365.azure_env import AzureEnvironment
from office365.graph_client import GraphClient
from office365.runtime.client_request_exception import ClientRequestException

import stage
from checks import Checks, endpoint

checks = Checks("Office365-REST-Python-Client")
azure_env._ENDPOINTS[AzureEnvironment.Global] = {"graph": endpoint(), "login": endpoint()}


def client(client_id, secret):
    # The library's own secret flow asks Microsoft whether it may trust a login host that it does
    # not know; MSAL, on which it stands, can be told not to.
    app = msal.ConfidentialClientApplication(
        client_id, secret, f"{endpoint()}/{os.environ['AZURE_TENANT_ID']}",
        instance_discovery=False)
    return GraphClient(
        token_callback=lambda: app.acquire_token_for_client([f"{endpoint()}/.default"]))


graph = client(stage.SECRET_CLIENT, stage.SECRET)

with checks.step("users"):
    guests = graph.users.filter("userType eq 'Guest'").select(["id", "mail", "userType"]).get()
    guests = guests.execute_query()
    checks.holds("guests are listed", len(guests) > 5, len(guests))
    every = graph.users.get_all(page_size=7).execute_query()
    checks.holds("every page is followed", len(every) > len(guests), len(every))

with checks.step("invite"):
    invitation = graph.invitations.create(
        "second.guest@fabrikam.example", "https://myapps.microsoft.com").execute_query()
    guest_id = invitation.invited_user.id
    checks.holds("an invitation makes a guest", bool(guest_id), invitation.properties)

with checks.step("group"):
    group = graph.groups.get().top(1).execute_query()[0]
    group.members.add(graph.users[guest_id]).execute_query()
    members = group.members.get().execute_query()
    checks.holds("a member is added", guest_id in {one.id for one in members})
    group.members.remove(guest_id).execute_query()
    members = group.members.get().execute_query()
    checks.holds("and removed", guest_id not in {one.id for one in members})

with checks.step("roles"):
    app = graph.service_principals.filter("displayName eq 'Contoso Expenses'").get()
    app = app.execute_query()[0]
    checks.holds("an app is found by name", app.display_name == "Contoso Expenses")
    given = app.app_role_assigned_to.get().execute_query()
    checks.holds("its assignments are listed", len(given) > 0, len(given))

with checks.step("batch"):
    one = graph.users[guest_id].get()
    two = graph.groups.get().top(1)
    graph.execute_batch()
    checks.holds(
        "two reads go in one batch", one.id == guest_id and len(two) == 1, one.properties)

with checks.step("delete"):
    graph.users[guest_id].delete_object().execute_query()
    try:
        graph.users[guest_id].get().execute_query()
        checks.holds("a deleted user is gone", False)
    except ClientRequestException as error:
        checks.holds(
            "a deleted user is gone", error.response.status_code == 404, error.response.status_code)

with checks.step("a reader"):
    reader = client(stage.READER_CLIENT, stage.READER_SECRET)
    checks.holds("a reader reads", len(reader.users.get().top(3).execute_query()) == 3)
    try:
        reader.users[graph.users.get().top(1).execute_query()[0].id].delete_object().execute_query()
        checks.holds("a reader deletes nothing", False)
    except ClientRequestException as error:
        checks.holds(
            "a reader deletes nothing", error.response.status_code == 403,
            error.response.status_code)

checks.end()
