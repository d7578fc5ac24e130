"""What a tenant has that the rehearsal scenario has no need of, so that every route has something
to answer with."""


def supplemented(tenant):
    """The scenario with applications, contacts, roles, owners, sponsors and access packages."""
    apps, groups = tenant["servicePrincipals"], tenant["groups"]
    guests = [one for one in tenant["users"] if one.get("userType") == "Guest"]
    members = [one for one in tenant["users"] if one.get("userType") != "Guest"]
    package = identifier("e1", 1)
    policy = identifier("e2", 1)
    for app in apps[:6]:
        app["owners"] = [{"id": members[1]["id"]}]
    for group in groups[:2]:
        group["owners"] = [{"id": members[1]["id"]}]
    for guest in guests[:6]:
        guest["sponsors"] = [{"id": members[0]["id"]}]
    return {
        **tenant,
        "applications": [
            {"id": identifier("a1", number), "appId": app["appId"],
             "displayName": app["displayName"], "signInAudience": "AzureADMyOrg"}
            for number, app in enumerate(apps[:8])],
        "contacts": [
            {"id": identifier("c1", number), "displayName": f"Contact {number}",
             "mail": f"contact{number}@fabrikam.example"} for number in range(3)],
        "directoryRoles": [
            {"id": identifier("d1", number), "displayName": name,
             "roleTemplateId": identifier("d2", number), "members": [{"id": members[2]["id"]}]}
            for number, name in enumerate(["Guest Inviter", "Directory Readers"])],
        "connectedOrganizations": [
            {"id": identifier("f1", number), "displayName": name, "state": "configured"}
            for number, name in enumerate(["Fabrikam", "Adatum"])],
        "crossTenantAccessPolicyPartners": [{"tenantId": identifier("b1", 1)}],
        "oauth2PermissionGrants": [
            {"id": "rehearsal-grant", "clientId": apps[0]["id"], "consentType": "Principal",
             "principalId": guests[0]["id"], "resourceId": apps[1]["id"], "scope": "User.Read"}],
        "accessPackages": [
            {"id": package, "displayName": "Onboarding", "description": "For new partners",
             "assignmentPolicies": [{"id": policy, "displayName": "Partners"}],
             "assignments": [
                 {"id": identifier("e3", number), "target": {"objectId": guest["id"]},
                  "assignmentPolicy": {"id": policy}, "state": "delivered"}
                 for number, guest in enumerate(guests[:4])]}],
    }


def identifier(kind, number):
    return f"7e000000-0000-4000-8000-0000{kind}{number:06d}"
