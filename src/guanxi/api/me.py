"""What a signed-in person learns of themselves."""

from guanxi.api.schemas.people import MeAnswer, WorkspaceRightsAnswer
from guanxi.auth.credentials import csrf_token
from guanxi.auth.errors import NotSignedInError
from guanxi.auth.own_person import own_preferences
from guanxi.auth.people import person_profile
from guanxi.auth.workspace import workspace_now
from guanxi.bootstrap import Platform
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.model import Action, WorkspaceRight
from guanxi.permissions.viewer import Viewer


async def me_of(
    work: UnitOfWork, viewer: Viewer, platform: Platform, *, session_secret: str | None
) -> MeAnswer:
    """One's person, rights and preferences, and what the workspace is."""
    if viewer.person is None:
        raise NotSignedInError
    rights = viewer.rights
    return MeAnswer.model_validate(
        {
            "person": await person_profile(work, viewer.person.id),
            "csrf_token": csrf_token(session_secret) if session_secret else None,
            "workspace": await workspace_now(work),
            "rights": WorkspaceRightsAnswer(
                design=rights.has(WorkspaceRight.DESIGN),
                manage_people=rights.has(WorkspaceRight.MANAGE_PEOPLE),
                manage_roles=rights.has(WorkspaceRight.MANAGE_ROLES),
                import_=rights.is_administrator
                or any(Action.IMPORT in grant.actions for grant in rights.grants),
            ),
            "preferences": await own_preferences(work, viewer.person.id),
            "design_version": viewer.catalog.version,
        }
    )
