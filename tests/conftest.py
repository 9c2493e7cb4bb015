"""The test world: an owner, a colleague and a stranger, and a client that is strict for us."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, TransactionTestCase
from django.utils import translation

from tests.strict import StrictClient, fail_on_undefined_variables

pytest_plugins = ["tests.chromium", "tests.guards", "tests.installations", "tests.migrated"]

# A busy machine is no fault of the code under test.
hypothesis.settings.register_profile("matxich", deadline=None)
hypothesis.settings.load_profile("matxich")

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="Only tests that another database could fail.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Tests with an installation of their own take longest: begun first, they leave no worker waiting at the end.
    items.sort(key=lambda item: not {"installed", "blank"} & set(getattr(item, "fixturenames", ())))
    if not config.getoption("--database-only"):
        return
    chosen = [item for item in items if _uses_database(item) and not item.get_closest_marker("any_database")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _uses_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    database_class = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return bool(item.get_closest_marker("django_db") or fixtures or database_class)


@pytest.fixture(autouse=True)
def _strict_templates() -> Iterator[None]:
    with fail_on_undefined_variables():
        yield


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """How often an address asked is counted in the cache: a test begins with nothing asked."""
    cache.clear()


@pytest.fixture(autouse=True)
def _language_ends_with_the_test() -> Iterator[None]:
    """A page asked for in another language leaves it active in the thread."""
    yield
    translation.deactivate()


@dataclass(frozen=True)
class World:
    """One province's officer, her colleague, an officer of another province, and the people above and beside them."""

    owner: object
    colleague: object
    stranger: object
    administrator: object
    ministry: object
    viewer: object
    enterprise: object
    agency: object
    other_agency: object

    @property
    def people(self) -> dict[str, object]:
        names = ("owner", "colleague", "stranger", "administrator", "ministry", "viewer", "enterprise")
        return {name: getattr(self, name) for name in names}


@pytest.fixture
def world(db: None) -> World:
    """Hải Phòng owns; Đồng Nai is the stranger."""
    from matxich.accounts.models import Agency, Membership, User
    from matxich.accounts.states import AgencyKind, Role

    def agency(name: str, kind: str, place: str) -> Agency:
        made = Agency.objects.create(kind=kind, name=name, place=place)
        made.names.create(name=name, valid_from=date(2025, 7, 1))
        return made

    def person(email: str, name: str, at: Agency, role: str, scope: str) -> User:
        user = User(email=email, name=name, created_at=NOW, is_demo=True)
        user.set_password("mat-khau-rat-dai")
        user.save()
        Membership.objects.create(user=user, agency=at, role=role, scope=scope, valid_from=date(2025, 7, 1))
        return user

    hai_phong = agency("Sở Công Thương Hải Phòng", AgencyKind.PROVINCIAL_DEPARTMENT, "31")
    dong_nai = agency("Sở Công Thương Đồng Nai", AgencyKind.PROVINCIAL_DEPARTMENT, "75")
    ministry = agency("Cục Công nghiệp", AgencyKind.MINISTRY_DEPARTMENT, "")
    firm = agency("Công ty mẫu", AgencyKind.ENTERPRISE, "31")
    return World(
        owner=person("owner@matxich.test", "Ngô Thị Chủ", hai_phong, Role.OFFICER, "31"),
        colleague=person("colleague@matxich.test", "Trần Văn Đồng", hai_phong, Role.OFFICER, "31"),
        stranger=person("stranger@matxich.test", "Lê Thị Lạ", dong_nai, Role.OFFICER, "75"),
        administrator=person("admin@matxich.test", "Phạm Quản Trị", ministry, Role.ADMINISTRATOR, ""),
        ministry=person("ministry@matxich.test", "Đỗ Văn Bộ", ministry, Role.OFFICER, ""),
        viewer=person("viewer@matxich.test", "Bùi Thị Xem", hai_phong, Role.VIEWER, "31"),
        enterprise=person("firm@matxich.test", "Vũ Doanh Nghiệp", firm, Role.REPRESENTATIVE, "31"),
        agency=hai_phong,
        other_agency=dong_nai,
    )


@pytest.fixture
def client() -> Client:
    return StrictClient()


@pytest.fixture
def sign_in() -> Callable[[object], Client]:
    """A strict client for a person of the world."""

    def make(user: object) -> Client:
        strict = StrictClient()
        strict.force_login(user)  # type: ignore[arg-type]
        return strict

    return make


@pytest.fixture
def as_actor() -> Callable[[object], object]:
    """The person as the value actions take."""
    from matxich.accounts.queries import person

    return lambda user: person(user, NOW.date())  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    """Files, index and locks of each test in a folder of its own; the database stays the suite's."""
    for name, folder in (("HOME", ""), ("FILES_ROOT", "files"), ("INDEX_ROOT", "index")):
        setattr(settings, name, tmp_path / folder if folder else tmp_path)
    (tmp_path / "tmp").mkdir(exist_ok=True)


@pytest.fixture(scope="session")
def private_data() -> Path:
    """Real data that may be read but not shipped; tests that need it skip, saying so."""
    import os

    folder = Path(os.environ.get("MATXICH_PRIVATE_DATA", settings.BASE_DIR.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"PRIVATE DATA ABSENT: {folder}. Set MATXICH_PRIVATE_DATA to run this test.")
    return folder
