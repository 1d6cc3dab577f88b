package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.partners.GroupBook;
import uz.koprik.gateway.release.GroupDesk;
import uz.koprik.gateway.release.GroupReader;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.ReleaseMarking;
import uz.koprik.indicators.stix.SharingGroup;

/** Objects that go to the members of sharing groups. */
class SharingGroupsTest {

    private static final String BUDAPEST = Objects.id("identity");
    private static final String SEOUL = Objects.id("identity");
    private static final Source OLGA = new Source.Account("olga", true);

    private TestCentre centre;
    private GroupBook book;
    private GroupReader reader;
    private GroupDesk desk;
    private final String marking = Objects.id("marking-definition");
    private final String report = Objects.id("report");

    @BeforeEach
    void open(@TempDir Path home) {
        centre = new TestCentre("tashkent", home);
        book = new GroupBook(() -> centre.now);
        centre.trust.follow(book);
        reader = new GroupReader(centre.release, book);
        centre.intake.onAccepted(event -> reader.news());
        desk = new GroupDesk(centre.intake, centre.release, reader, () -> centre.now);
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private String group(boolean past, String... members) throws Exception {
        return desk.create("Banks", "", past, List.of(members), Tlp.GREEN, OLGA);
    }

    private String naming(String id, String property) {
        return "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"" + id + "\",\"created_by_ref\":\""
                + centre.identity + "\",\"created\":\"2026-11-01T00:00:00.000Z\",\"extensions\":{\""
                + ReleaseMarking.EXTENSION_ID + "\":{\"extension_type\":\"property-extension\"," + property + "}}}";
    }

    private String members(String id, String group) {
        return naming(id, "\"group_ref\":\"" + group + "\"");
    }

    private String marked(String id, String... markings) {
        return Objects.report(id, centre.identity, Objects.id("tool"))
                .replace("\"name\":", "\"object_marking_refs\":[\"" + String.join("\",\"", markings) + "\"],\"name\":");
    }

    private Recipient.Partner partner(String identity) {
        return new Recipient.Partner(
                "partner", Agreement.DEFAULT, Set.of(identity), book.memberships(Set.of(identity), centre.now));
    }

    private boolean goesTo(String identity, String id) throws Exception {
        return centre.release.latest(partner(identity), id).isPresent();
    }

    private ReleaseDecision.Code why(Recipient recipient, String id) throws Exception {
        return centre.release.explain(id, recipient).orElseThrow().decision().code();
    }

    private void later() {
        centre.now = centre.now.plusSeconds(60);
    }

    @Test
    void redGoesToTheMembers() throws Exception {
        String group = group(false, centre.identity, BUDAPEST);
        centre.byAnalyst(members(marking, group), marked(report, marking, Markings.id(Tlp.RED)));
        assertTrue(goesTo(BUDAPEST, report));
        assertTrue(goesTo(BUDAPEST, marking), "the definition goes with it");
        assertEquals(ReleaseDecision.Code.NAMED, why(partner(BUDAPEST), report));
        assertEquals(false, goesTo(SEOUL, report));
        assertEquals(false, goesTo(SEOUL, marking));
        assertEquals(ReleaseDecision.Code.NOT_IN_GROUP, why(partner(SEOUL), report));
        String plain = Objects.id("report");
        centre.byAnalyst(marked(plain, Markings.id(Tlp.RED)));
        String both = Objects.id("report");
        centre.byAnalyst(Objects.report(both, centre.identity, report, plain));
        assertEquals(false, goesTo(BUDAPEST, both), "RED that names nobody goes to nobody");
    }

    @Test
    void ofSeveralGroupsOnlyMembersOfAllGetIt() throws Exception {
        String second = Objects.id("marking-definition");
        String one = group(false, BUDAPEST, SEOUL);
        String two = group(false, SEOUL);
        centre.byAnalyst(members(marking, one), members(second, two), marked(report, marking, second));
        assertEquals(false, goesTo(BUDAPEST, report));
        assertTrue(goesTo(SEOUL, report));
        assertEquals(
                Set.of(one, two),
                centre.store.latest(report).orElseThrow().release().groups().keySet());
    }

    @Test
    void whoJoinsGetsWhatComesLaterUnderAnEarlierMarking() throws Exception {
        String group = group(false, BUDAPEST);
        later();
        centre.byAnalyst(members(marking, group), marked(report, marking));
        later();
        desk.add(group, SEOUL, Optional.empty(), OLGA);
        String next = Objects.id("report");
        centre.byAnalyst(marked(next, marking));
        assertTrue(goesTo(SEOUL, next));
        assertTrue(goesTo(SEOUL, marking), "the definition goes with it");
        assertEquals(false, goesTo(SEOUL, report));
    }

    @Test
    void whoJoinsDoesNotGetThePast() throws Exception {
        String group = group(false, BUDAPEST);
        later();
        centre.byAnalyst(members(marking, group), marked(report, marking));
        later();
        desk.add(group, SEOUL, Optional.empty(), OLGA);
        assertEquals(false, goesTo(SEOUL, report));
        assertEquals(ReleaseDecision.Code.NOT_IN_GROUP, why(partner(SEOUL), report));
        String next = Objects.id("report");
        String again = Objects.id("marking-definition");
        centre.byAnalyst(members(again, group), marked(next, again));
        assertTrue(goesTo(SEOUL, next));
        assertTrue(goesTo(BUDAPEST, report));
        assertTrue(goesTo(BUDAPEST, next));
    }

    @Test
    void aMembershipBeginsAndEndsAtItsMoments() throws Exception {
        String group = group(false, BUDAPEST);
        Instant from = centre.now.plusSeconds(600);
        desk.add(group, SEOUL, Optional.of(from), OLGA);
        desk.remove(group, BUDAPEST, Optional.of(from), OLGA);
        centre.now = from.minusMillis(1);
        centre.byAnalyst(members(marking, group), marked(report, marking));
        assertTrue(goesTo(BUDAPEST, report));
        assertEquals(Map.of(), partner(SEOUL).groups());
        centre.now = from;
        assertEquals(false, goesTo(BUDAPEST, report));
        assertEquals(false, goesTo(SEOUL, report));
        String next = Objects.id("report");
        String again = Objects.id("marking-definition");
        centre.byAnalyst(members(again, group), marked(next, again));
        assertTrue(goesTo(SEOUL, next));
    }

    @Test
    void whoJoinsGetsThePastIfTheGroupSaysSo() throws Exception {
        String group = group(true, BUDAPEST);
        centre.byAnalyst(members(marking, group), marked(report, marking, Markings.id(Tlp.RED)));
        later();
        desk.add(group, SEOUL, Optional.empty(), OLGA);
        assertTrue(goesTo(SEOUL, report));
        assertTrue(goesTo(SEOUL, marking));
    }

    @Test
    void whoLeavesGetsNothingMore() throws Exception {
        String group = group(true, BUDAPEST, SEOUL);
        centre.byAnalyst(members(marking, group), marked(report, marking));
        assertTrue(goesTo(SEOUL, report));
        later();
        desk.remove(group, SEOUL, Optional.empty(), OLGA);
        assertEquals(false, goesTo(SEOUL, report));
        assertTrue(goesTo(BUDAPEST, report));
        assertThrows(
                GroupDesk.GroupRefused.class,
                () -> desk.remove(group, SEOUL, Optional.empty(), OLGA),
                "once is enough");
    }

    @Test
    void whoIsAMemberAlreadyLosesNothingByBeingAddedAgain() throws Exception {
        String group = group(false, BUDAPEST, SEOUL);
        centre.byAnalyst(members(marking, group), marked(report, marking));
        later();
        GroupDesk.GroupRefused again =
                assertThrows(GroupDesk.GroupRefused.class, () -> desk.add(group, BUDAPEST, Optional.empty(), OLGA));
        assertTrue(again.getMessage().contains("is a member since"), again::getMessage);
        assertTrue(goesTo(BUDAPEST, report));

        Instant end = centre.now.plusSeconds(600);
        desk.remove(group, BUDAPEST, Optional.of(end), OLGA);
        later();
        GroupDesk.GroupRefused gap = assertThrows(
                GroupDesk.GroupRefused.class, () -> desk.add(group, BUDAPEST, Optional.of(end.plusSeconds(1)), OLGA));
        assertTrue(gap.getMessage().contains("is a member until " + end), gap::getMessage);
        desk.add(group, BUDAPEST, Optional.empty(), OLGA);
        assertTrue(goesTo(BUDAPEST, report), "its membership goes on");
        centre.now = end;
        assertTrue(goesTo(BUDAPEST, report), "and does not end any more");
    }

    @Test
    void anUnknownGroupHasNoMembers() throws Exception {
        String nowhere = Objects.id("sharing-group");
        centre.byAnalyst(members(marking, nowhere), marked(report, marking));
        assertEquals(ReleaseDecision.Code.NOT_IN_GROUP, why(partner(BUDAPEST), report));
        String group = group(true, BUDAPEST);
        String second = Objects.id("marking-definition");
        String other = Objects.id("report");
        centre.byAnalyst(members(second, group), marked(other, second));
        assertTrue(goesTo(BUDAPEST, other));
        centre.store.withdraw(group, uz.koprik.indicators.store.Versions.ALL, "dissolved", "olga");
        reader.refresh();
        assertEquals(false, goesTo(BUDAPEST, other));
    }

    @Test
    void aDissolvedGroupHasNoMembersAndIsChangedNoMore() throws Exception {
        String group = group(true, BUDAPEST, SEOUL);
        centre.byAnalyst(members(marking, group), marked(report, marking));
        assertTrue(goesTo(BUDAPEST, report));
        later();
        desk.dissolve(group, OLGA);
        assertEquals(false, goesTo(BUDAPEST, report));
        assertEquals(Map.of(), partner(SEOUL).groups());
        assertTrue(goesTo(BUDAPEST, group), "members read that it is over");
        assertThrows(GroupDesk.GroupRefused.class, () -> desk.add(group, SEOUL, Optional.empty(), OLGA));
        assertThrows(GroupDesk.GroupRefused.class, () -> desk.remove(group, SEOUL, Optional.empty(), OLGA));
        assertThrows(GroupDesk.GroupRefused.class, () -> desk.dissolve(group, OLGA), "once is enough");
        String again = group(true, SEOUL);
        assertEquals(
                again,
                SharingGroup.named(book.all(), book.group(again).orElseThrow().name())
                        .getFirst()
                        .id(),
                "its name is free again");
    }

    @Test
    void recipientsAndGroupsHoldTogether() throws Exception {
        String group = group(false, BUDAPEST, SEOUL);
        String named = Objects.id("marking-definition");
        centre.byAnalyst(
                members(marking, group),
                naming(named, "\"recipients\":[\"" + SEOUL + "\"]"),
                marked(report, marking, named, Markings.id(Tlp.RED)));
        assertEquals(false, goesTo(BUDAPEST, report));
        assertTrue(goesTo(SEOUL, report));
    }

    @Test
    void anAccountIsNoMember() throws Exception {
        String group = group(true, BUDAPEST);
        centre.byAnalyst(members(marking, group), marked(report, marking));
        assertEquals(ReleaseDecision.Code.NOT_IN_GROUP, why(new Recipient.Client("siem", Tlp.RED), report));
    }

    @Test
    void theGroupGoesToItsMembersOnly() throws Exception {
        String group = group(false, BUDAPEST);
        assertTrue(goesTo(BUDAPEST, group));
        assertEquals(false, goesTo(SEOUL, group));
        later();
        desk.add(group, SEOUL, Optional.empty(), OLGA);
        later();
        desk.remove(group, BUDAPEST, Optional.empty(), OLGA);
        assertTrue(goesTo(BUDAPEST, group), "it learns that it left");
        assertTrue(goesTo(SEOUL, group));
        later();
        desk.remove(group, SEOUL, Optional.of(centre.now.plusSeconds(60)), OLGA);
        assertEquals(false, goesTo(BUDAPEST, group));
        assertTrue(goesTo(SEOUL, group));
    }

    /** The group comes to a member in the same delivery as what is marked for it, or later. */
    @Test
    void aMemberKnowsTheGroupByWhatItsOwnerSigned(@TempDir Path other) throws Exception {
        try (TestCentre member = new TestCentre("budapest", other)) {
            member.trusts(centre, "producer", "relay");
            GroupBook known = new GroupBook(() -> member.now);
            member.trust.follow(known);
            GroupReader reads = new GroupReader(member.release, known);
            member.intake.onAccepted(event -> reads.news());
            String group = group(false, BUDAPEST, SEOUL);
            centre.byAnalyst(members(marking, group), marked(report, marking, Markings.id(Tlp.GREEN)));
            for (Outcome outcome : member.byPartner("tashkent", centre.published())) {
                assertTrue(outcome.status() != Outcome.Status.REFUSED, outcome.toString());
            }
            assertEquals(Set.of(BUDAPEST, SEOUL), identities(known, group));
            assertEquals(
                    Set.of(group),
                    member.store.latest(report).orElseThrow().release().groups().keySet());
            assertEquals(
                    Tlp.GREEN,
                    member.store.latest(report).orElseThrow().release().tlp());
        }
    }

    private static Set<String> identities(GroupBook known, String group) {
        return Set.copyOf(known.group(group).orElseThrow().members().stream()
                .map(one -> one.identity())
                .toList());
    }
}
