package uz.koprik.gateway.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonBoolean;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.imports.layout.ImportSentence;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixReader;
import uz.koprik.indicators.stix.StixWriter;

/** What becomes of indicators when their feed is read, by a clock of the test. */
class SourceRunTest {

    @TempDir
    Path home;

    private FeedCentre centre;

    @BeforeEach
    void open() throws Exception {
        centre = new FeedCentre(home);
        centre.add("list", "");
        centre.write(
                "list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two", "c.evil.example.com,Three");
    }

    @AfterEach
    void close() {
        centre.close();
    }

    private static void is(SourceState state, long fresh, long changed, long unchanged, long ended) {
        assertEquals("", state.error());
        assertEquals(
                List.of(fresh, changed, unchanged, ended),
                List.of(
                        state.last().fresh(),
                        state.last().changed(),
                        state.last().unchanged(),
                        state.last().ended()));
    }

    @Test
    void takesAllAtFirstAndThenOnlyWhatChanged() throws Exception {
        is(centre.run("list"), 3, 0, 0, 0);
        int stored = centre.centre.published().length;
        centre.later(60);
        is(centre.run("list"), 0, 0, 3, 0); // not modified
        centre.write(
                "list", "value,name", "b.evil.example.com,Two", "a.evil.example.com,One", "c.evil.example.com,Three");
        is(centre.run("list"), 0, 0, 3, 0); // in another order
        assertEquals(stored, centre.centre.published().length);

        centre.later(60);
        centre.write(
                "list",
                "value,name,description",
                "a.evil.example.com,One,",
                "b.evil.example.com,Two,now with words",
                "c.evil.example.com,Three,",
                "d.evil.example.com,Four,");
        is(centre.run("list"), 1, 1, 2, 0);
        List<JsonObject> versions = centre.versions("b.evil.example.com");
        assertEquals(2, versions.size());
        for (String same : List.of("id", "created", "valid_from")) {
            assertEquals(versions.get(0).string(same), versions.get(1).string(same));
        }
        assertEquals("now with words", versions.get(1).string("description").orElseThrow());
    }

    @Test
    void saysWhatIsNotUsedOfAFeed() throws Exception {
        assertEquals(List.of(), centre.run("list").content().notes());
        centre.later(60);
        centre.write("list", "value,name,shoe_size", "a.evil.example.com,One,44", "b.evil.example.com,Two,45");
        List<SourceNotes.Note> notes = centre.run("list").content().notes();
        assertEquals(
                List.of(new SourceNotes.Note("list.csv, header", ImportSentence.UNUSED_COLUMNS.of("\"shoe_size\""))),
                notes);
        centre.later(60);
        assertEquals(notes, centre.run("list").content().notes(), "of a feed that did not change");
    }

    @Test
    void anIndicatorSaysWhereItIsFrom() throws Exception {
        centre.add("list", ", confidence: 40, labels: [phishing]");
        centre.run("list");
        JsonObject indicator = centre.latest("a.evil.example.com");
        assertEquals(centre.centre.identity, indicator.string("created_by_ref").orElseThrow());
        assertEquals("[\"phishing\",\"unsigned-feed\"]", CanonicalJson.text(indicator.get("labels")));
        assertEquals("40", CanonicalJson.text(indicator.get("confidence")));
        assertEquals("[\"" + Markings.id(Tlp.GREEN) + "\"]", CanonicalJson.text(indicator.get("object_marking_refs")));
        JsonObject reference =
                (JsonObject) indicator.items("external_references").getFirst();
        assertEquals("list", reference.string("source_name").orElseThrow());
        assertEquals(Optional.empty(), reference.string("url"), "a path of this machine is nobody else's matter");
        assertTrue(reference.string("description").orElseThrow().contains("not sign"));
        assertEquals(Optional.empty(), FeedCentre.end(indicator));
    }

    @Test
    void anEntryThatLeftEndsAndOneThatComesBackIsInForceAgain() throws Exception {
        centre.run("list");
        centre.later(3600);
        centre.write("list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two");
        is(centre.run("list"), 0, 0, 2, 1);
        assertEquals(
                Optional.of(centre.centre.now), FeedCentre.end(centre.latest("c.evil.example.com")), "it ends at once");
        assertEquals(Optional.empty(), FeedCentre.end(centre.latest("a.evil.example.com")));

        centre.later(3600);
        centre.write(
                "list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two", "c.evil.example.com,Three");
        is(centre.run("list"), 1, 0, 2, 0);
        List<JsonObject> versions = centre.versions("c.evil.example.com");
        assertEquals(3, versions.size());
        assertEquals(Optional.empty(), FeedCentre.end(versions.getLast()));
        assertEquals(versions.getFirst().string("id"), versions.getLast().string("id"));
    }

    @Test
    void nothingEndsWhereTheSettingsSaySo() throws Exception {
        centre.add("list", ", ends_when_gone: false");
        centre.run("list");
        centre.later(3600);
        centre.write("list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two");
        is(centre.run("list"), 0, 0, 2, 0);
        assertEquals(1, centre.versions("c.evil.example.com").size());
    }

    @Test
    void aMuchShorterFeedEndsNothingUntilAnOperatorAcceptsIt() throws Exception {
        centre.run("list");
        int stored = centre.centre.published().length;
        for (String[] content :
                List.of(new String[] {"value,name"}, new String[] {"value,name", "a.evil.example.com,One"})) {
            centre.later(3600);
            centre.write("list", content);
            SourceState held = centre.run("list");
            assertTrue(held.shrunk());
            assertTrue(held.error().endsWith("koprik feed accept list"), held.error());
            assertEquals(3, held.content().entries());
            assertEquals(stored, centre.centre.published().length);
        }
        assertEquals(
                Optional.of(TestCentre.NOW.plusSeconds(3600)),
                centre.run("list").health().failing().map(SourceHealth.Failing::since));

        new SourceStates(centre.services.stateStore(), "list").change(SourceState::accepting);
        is(centre.run("list"), 0, 0, 1, 2);
        assertEquals(Optional.of(centre.centre.now), FeedCentre.end(centre.latest("b.evil.example.com")));
        assertEquals(1, centre.run("list").content().entries());
    }

    @Test
    void anAcceptanceHoldsOnce() throws Exception {
        centre.run("list");
        new SourceStates(centre.services.stateStore(), "list").change(SourceState::accepting);
        centre.later(3600);
        centre.write(
                "list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two", "c.evil.example.com,Four");
        assertEquals("", centre.run("list").error());
        centre.later(3600);
        centre.write("list", "value,name", "a.evil.example.com,One");
        assertTrue(centre.run("list").shrunk());
    }

    @Test
    void aBrokenFeedIsReportedAndEndsNothing() throws Exception {
        centre.run("list");
        int stored = centre.centre.published().length;
        centre.later(60);
        Files.write(home.resolve("list.csv"), new byte[] {'v', 0, 0, 0});
        SourceState broken = centre.run("list");
        assertTrue(broken.error().startsWith("the feed cannot be read: "), broken.error());
        assertEquals(Optional.of(centre.centre.now), broken.health().failing().map(SourceHealth.Failing::since));
        assertEquals(Optional.of(TestCentre.NOW), broken.health().success());
        centre.later(60);
        Files.delete(home.resolve("list.csv"));
        SourceState gone = centre.run("list");
        assertTrue(gone.error().contains("cannot be read"), gone.error());
        assertEquals(
                broken.health().failing().map(SourceHealth.Failing::since),
                gone.health().failing().map(SourceHealth.Failing::since),
                "since the first failure");
        assertEquals(stored, centre.centre.published().length);
        centre.write(
                "list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two", "c.evil.example.com,Three");
        is(centre.run("list"), 0, 0, 3, 0);
    }

    @Test
    void aFailingFeedIsTriedAgainAtGrowingIntervals() throws Exception {
        centre.run("list");
        List<Long> pauses = new ArrayList<>();
        for (int failures = 0; failures < 4; failures++) {
            centre.later(60);
            SourceState failed = centre.run("list", (source, earlier, into, stop) -> {
                throw new SourceFailure(SourceTrouble.FEED_BROKE_OFF.of());
            });
            pauses.add(seconds(failed));
        }
        assertEquals(List.of(30L, 60L, 120L, 240L), pauses);
        assertEquals(7200, seconds(centre.run("list", (source, earlier, into, stop) -> {
            throw new SourceFailure(SourceTrouble.FEED_SERVER_BUSY.of(), Optional.of(Duration.ofHours(2)));
        })));
        SourceState well = centre.run("list");
        assertEquals(0, well.health().failures());
        assertEquals(3600, seconds(well), "the interval of the feed");
        Files.delete(home.resolve("list.csv"));
        assertEquals(30, seconds(centre.run("list")), "it begins anew");
    }

    private long seconds(SourceState state) {
        return Duration.between(
                        centre.centre.now,
                        state.health().next(Duration.ofHours(1)).orElseThrow())
                .toSeconds();
    }

    @Test
    void aRunThatIsStoppedIsNoFailure() throws Exception {
        centre.run("list");
        SourceState before = new SourceStates(centre.services.stateStore(), "list").state();
        centre.later(60);
        centre.write("list", "value,name", "d.evil.example.com,Four", "b.evil.example.com,Two");
        SourceState stopped = new SourceRun(
                        centre.services,
                        centre.feeds.get("list"),
                        new FileFetcher(home),
                        Map::of,
                        centre.random,
                        () -> true)
                .run();
        assertEquals(before, stopped);
        assertEquals(before, new SourceStates(centre.services.stateStore(), "list").state());
    }

    @Test
    void countsWhatIsRefusedByReasonAndTriesItAgain() throws Exception {
        centre.write("list", "value,name", "a.evil.example.com,One", "8.8.8.8,Two", "no value at all,Three");
        SourceState state = centre.run("list");
        assertEquals(Map.of("protected", 1L, "unrecognised", 1L), state.last().refused());
        assertEquals(List.of(), centre.versions("8.8.8.8"));
        assertEquals(2, state.content().entries());
        centre.later(60);
        assertEquals(2, centre.run("list").last().refusedCount(), "still so while the feed is as it was");
    }

    @Test
    void anEndMovesWhileTheEntryIsThereAndComesWithoutThisCentre() throws Exception {
        centre.add("list", ", expires: 30d");
        centre.run("list");
        assertEquals(
                Optional.of(TestCentre.NOW.plus(Duration.ofDays(30))),
                FeedCentre.end(centre.latest("a.evil.example.com")));
        centre.later(Duration.ofDays(10).toSeconds());
        assertEquals(0, centre.run("list").last().renewed());
        centre.later(Duration.ofDays(10).toSeconds());
        assertEquals(3, centre.run("list").last().renewed(), "of an unchanged feed, too");
        assertEquals(
                Optional.of(centre.centre.now.plus(Duration.ofDays(30))),
                FeedCentre.end(centre.latest("a.evil.example.com")));
        centre.later(60);
        assertEquals(0, centre.run("list").last().renewed());
    }

    @Test
    void eachFeedHasItsOwnIndicatorOfAValue() throws Exception {
        centre.run("list");
        centre.add("other", ", confidence: 10");
        centre.write("other", "value,name", "a.evil.example.com,One", "x.evil.example.com,Two");
        is(centre.run("other"), 2, 0, 0, 0);
        List<JsonObject> both = centre.versions("a.evil.example.com");
        assertEquals(2, both.size());
        assertNotEquals(both.get(0).string("id"), both.get(1).string("id"));
        centre.later(60);
        centre.write("other", "value,name", "x.evil.example.com,Two");
        is(centre.run("other"), 0, 0, 1, 1);
        String stays = both.getFirst().string("id").orElseThrow();
        assertTrue(centre.centre.stored(stays).contains("a.evil.example.com"));
        assertTrue(
                !centre.centre.stored(stays).contains("valid_until"), "while one feed names the value, it is in force");
    }

    @Test
    void whatAPersonRevokedOrChangedStays() throws Exception {
        centre.run("list");
        String revoked = centre.latest("a.evil.example.com").string("id").orElseThrow();
        String changed = centre.latest("b.evil.example.com").string("id").orElseThrow();
        centre.later(60);
        byAnalyst(revoked, "revoked", new JsonBoolean(true));
        byAnalyst(changed, "name", new JsonString("By a person"));
        int stored = centre.centre.published().length;
        centre.later(60);
        centre.write(
                "list",
                "value,name,description",
                "a.evil.example.com,One,changed",
                "b.evil.example.com,Two,changed",
                "c.evil.example.com,Three,");
        assertEquals(
                Map.of("revoked_here", 1L, "changed_here", 1L),
                centre.run("list").last().refused());
        centre.write("list", "value,name,description", "c.evil.example.com,Three,", "d.evil.example.com,Four,");
        assertEquals(0, centre.run("list").last().ended());
        assertEquals(stored + 1, centre.centre.published().length, "only the new entry");
        assertTrue(centre.centre.stored(changed).contains("By a person"));
    }

    private void byAnalyst(String id, String name, uz.koprik.crypto.json.Json value) throws Exception {
        JsonObject next = StixWriter.nextVersion(
                        StixReader.again(centre.centre.stored(id).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        centre.centre.now)
                .with(name, value);
        Outcome outcome = centre.centre.one(next.toString());
        assertEquals(Outcome.Status.ACCEPTED, outcome.status(), () -> outcome.refusal()
                .toString());
    }

    @Test
    void aLostStateSubmitsNothingTwice() throws Exception {
        centre.run("list");
        int stored = centre.centre.published().length;
        try (Stream<Path> all = Files.walk(home.resolve("state"))) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
        centre.later(60);
        is(centre.run("list"), 0, 0, 3, 0);
        assertEquals(stored, centre.centre.published().length);
        centre.later(60);
        centre.write("list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two");
        is(centre.run("list"), 0, 0, 2, 1);
    }

    @Test
    void afterALossOfEntriesTheFeedIsComparedWithTheStoreAgain() throws Exception {
        centre.run("list");
        centre.close();
        try (Stream<Path> all = Files.walk(home.resolve("centre"))) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
        FeedSources.compareAgain(home.resolve("state"));
        centre = new FeedCentre(home);
        centre.add("list", "");
        is(centre.run("list"), 0, 3, 0, 0);
        assertEquals(1, centre.versions("a.evil.example.com").size());
        centre.later(60);
        centre.write("list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two");
        is(centre.run("list"), 0, 0, 2, 1);
    }

    @Test
    void anIndicatorOfMispEndsWhenNoFeedHasIt() throws Exception {
        String event =
                "{\"Event\":{\"uuid\":\"11111111-1111-4111-8111-111111111111\",\"info\":\"event\",\"date\":\"2026-01-05\","
                        + "\"timestamp\":\"1767600000\",\"Attribute\":[%s]}}";
        String attribute =
                "{\"uuid\":\"22222222-2222-4222-8222-22222222222%d\",\"type\":\"domain\",\"category\":\"Network activity\","
                        + "\"value\":\"m%d.evil.example.com\",\"to_ids\":true,\"timestamp\":\"1767600000\"}";
        String both = attribute.formatted(1, 1) + "," + attribute.formatted(2, 2);
        for (String name : List.of("misp", "other")) {
            centre.feeds.put(
                    name,
                    FeedCentre.feed(
                            "name: " + name + ", path: " + name + ".json, tlp: green, format: misp, least_percent: 0"));
            Files.writeString(home.resolve(name + ".json"), event.formatted(both));
            assertEquals("", centre.run(name).error());
        }
        assertEquals(1, centre.versions("m2.evil.example.com").size());
        centre.later(60);
        Files.writeString(home.resolve("misp.json"), event.formatted(attribute.formatted(1, 1)));
        assertEquals(0, centre.run("misp").last().ended(), "the other feed has it");
        centre.later(60);
        Files.writeString(home.resolve("other.json"), event.formatted(attribute.formatted(1, 1)));
        assertEquals(1, centre.run("other").last().ended());
        assertEquals(Optional.of(centre.centre.now), FeedCentre.end(centre.latest("m2.evil.example.com")));
        assertEquals(Optional.empty(), FeedCentre.end(centre.latest("m1.evil.example.com")));
    }

    @Test
    void doubtfulValuesAreSkippedUnlessTheSettingsSayOtherwise() throws Exception {
        centre.write("list", "value,name", "a.evil.example.com,One", "setup.zip,Two");
        assertEquals(Map.of("doubtful", 1L), centre.run("list").last().refused());
        centre.add("list", ", doubtful: take");
        assertEquals(Map.of(), centre.run("list").last().refused());
        assertEquals(1, centre.versions("setup.zip").size());
    }

    @Test
    void theEndOfARowHoldsAndAWithdrawnRowEnds() throws Exception {
        centre.add("list", ", expires: 30d, ends_when_gone: false");
        centre.write(
                "list",
                "value,name,valid_until,revoked",
                "a.evil.example.com,One,2027-01-31T00:00:00Z,",
                "b.evil.example.com,Two,2026-01-31T00:00:00Z,",
                "c.evil.example.com,Three,,",
                "d.evil.example.com,Four,,true");
        is(centre.run("list"), 3, 0, 0, 0);
        assertEquals(
                Optional.of(Instant.parse("2027-01-31T00:00:00Z")),
                FeedCentre.end(centre.latest("a.evil.example.com")));
        assertEquals(
                Optional.of(Instant.parse("2026-01-31T00:00:00Z")),
                FeedCentre.end(centre.latest("b.evil.example.com")));
        centre.later(Duration.ofDays(20).toSeconds());
        assertEquals(1, centre.run("list").last().renewed(), "only what states no end");
        centre.write(
                "list",
                "value,name,valid_until,revoked",
                "a.evil.example.com,One,2027-01-31T00:00:00Z,true",
                "b.evil.example.com,Two,2026-01-31T00:00:00Z,");
        is(centre.run("list"), 0, 0, 1, 1);
        assertEquals(Optional.of(centre.centre.now), FeedCentre.end(centre.latest("a.evil.example.com")));
    }

    @Test
    void readsTheLayoutOfAFeedByItsName() throws Exception {
        centre.feeds.put("list", FeedCentre.feed("name: list, path: list.csv, tlp: green, format: hosts"));
        centre.write("list", "127.0.0.1 localhost", "0.0.0.0 h1.evil.example.com", "0.0.0.0 h2.evil.example.com");
        assertEquals(2, centre.run("list").last().fresh());
    }

    @Test
    void readsColumnsByTheirStatedRoles() throws Exception {
        String columns = ", columns: [value=Suspect, valid_until=Finis]";
        centre.feeds.put("list", FeedCentre.feed("name: list, path: list.csv, tlp: green" + columns));
        centre.write("list", "Suspect,Finis", "h1.evil.example.com,2026-01-31");
        assertEquals(1, centre.run("list").last().fresh());
        assertTrue(FeedCentre.end(centre.latest("h1.evil.example.com")).isPresent());
    }

    @Test
    void otherSettingsMakeNewVersions() throws Exception {
        centre.run("list");
        centre.later(60);
        centre.add("list", ", labels: [botnet]");
        is(centre.run("list"), 0, 3, 0, 0);
        centre.later(60);
        is(centre.run("list"), 0, 0, 3, 0);
    }

    @Test
    void boundsTheNumberOfEntriesAndBytes() throws Exception {
        centre.add("list", ", max_entries: 2");
        assertTrue(centre.run("list").error().contains("more than 2 entries"));
        centre.add("list", ", max_size: 1 KiB");
        centre.write("list", "value,name", "a.evil.example.com," + "x".repeat(2000));
        assertTrue(centre.run("list").error().contains("more than 1 KiB"));
        assertEquals(0, centre.versions("a.evil.example.com").size());
    }

    @Test
    void aFolderOfFilesIsOneFeed() throws Exception {
        Path folder = Files.createDirectory(home.resolve("folder"));
        centre.feeds.put("folder", FeedCentre.feed("name: folder, path: folder, tlp: amber"));
        assertTrue(centre.run("folder").error().contains("there is no file in"));
        Files.writeString(folder.resolve("one.csv"), "value,name\nf1.evil.example.com,One\n");
        Files.writeString(folder.resolve("two.txt"), "f2.evil.example.com\n");
        Files.writeString(folder.resolve(".hidden"), "f3.evil.example.com\n");
        is(centre.run("folder"), 2, 0, 0, 0);
        Files.delete(folder.resolve("two.txt"));
        is(centre.run("folder"), 0, 0, 1, 1);
    }

    @Test
    void objectsOfStixKeepTheirBytesAndTheirEnd() throws Exception {
        String id = "indicator--11111111-1111-4111-8111-111111111111";
        String object = "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
                + "\"pattern\":\"[domain-name:value = 's.evil.example.com']\",\"pattern_type\":\"stix\","
                + "\"valid_from\":\"2026-01-01T00:00:00Z\"}";
        centre.feeds.put("stix", FeedCentre.feed("name: stix, path: stix.json, tlp: green"));
        Files.writeString(home.resolve("stix.json"), "{\"objects\":[" + object + "]}");
        is(centre.run("stix"), 1, 0, 0, 0);
        assertEquals(object, centre.centre.stored(id));
        String newer = object.replace("\"modified\":\"2026-01-01", "\"modified\":\"2026-02-01");
        Files.writeString(home.resolve("stix.json"), "{\"objects\":[" + newer + "," + object + "]}");
        is(centre.run("stix"), 1, 0, 1, 0);
        assertEquals(newer, centre.centre.stored(id));
        Files.writeString(home.resolve("stix.json"), "{\"objects\":[" + newer + "]}");
        is(centre.run("stix"), 0, 0, 1, 0);
        assertEquals(newer, centre.centre.stored(id), "only its creator ends it");
        centre.feeds.put("stix", FeedCentre.feed("name: stix, path: stix.json, tlp: green, expires: 30d"));
        centre.later(60);
        SourceState expiring = centre.run("stix");
        is(expiring, 0, 0, 1, 0);
        assertEquals(1, expiring.content().stixObjects());
        assertEquals(newer, centre.centre.stored(id), "nor does the setting");
    }

    @Test
    void aPartnerGetsEveryVersion(@TempDir Path other) throws Exception {
        try (TestCentre budapest = new TestCentre("budapest", other)) {
            budapest.trusts(centre.centre, "producer");
            centre.run("list");
            centre.later(60);
            centre.write("list", "value,name", "a.evil.example.com,One", "b.evil.example.com,Two");
            centre.run("list");
            budapest.now = centre.centre.now;
            for (Outcome outcome : budapest.byPartner("tashkent", centre.centre.published())) {
                assertEquals(Outcome.Status.ACCEPTED, outcome.status(), () -> outcome.refusal()
                        .toString());
            }
            String id = centre.latest("c.evil.example.com").string("id").orElseThrow();
            assertTrue(budapest.stored(id).contains("\"valid_until\""), "it has ended there as well");
        }
    }
}
