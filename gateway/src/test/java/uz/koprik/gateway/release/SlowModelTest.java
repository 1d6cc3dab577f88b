package uz.koprik.gateway.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowModel;

/**
 * What every reader is given by the real intake, store and release is what {@link SlowModel} says, at every moment and
 * in random worlds. {@code -Dworlds=} says how many, {@code -Dkoprik.seed=} begins with other ones, and a line a region
 * is added to the file {@code -Dworlds.log=}. A failure shows the smallest world that it finds.
 *
 * <p>Worlds are taken in {@value #TOGETHER} at a time by one centre, which has partners, signed agreements, groups and
 * settings of its own. Each of its readers reads all pages at several moments, and what waits at the release desk is
 * compared after each submission and each decision.
 */
class SlowModelTest {

    private static final int TOGETHER = 500;

    /** Worlds of regions that have the same signed agreements: to sign them takes as long as many worlds. */
    private static final int SIGNED_TOGETHER = 2_000;

    @TempDir
    Path folder;

    private int opened;

    /** What the last region had. */
    private DrawnPapers papers;

    private long papersSeed;

    @Test
    void agreesWithReleaseOnRandomWorlds() throws Exception {
        run(Integer.getInteger("worlds", 1_000), Long.getLong("koprik.seed", 20261129L));
    }

    @Tag("long")
    @Test
    void agreesWithReleaseOnManyRandomWorlds() throws Exception {
        run(Integer.getInteger("worlds", 1_000_000), Long.getLong("koprik.seed", 1L));
    }

    /**
     * Version 2 refers, by way of another object, to what refers to a case file since later. So it is for analysts of
     * all units, and version 1 with it, also when version 2 was taken back and version 1 stays.
     */
    @Test
    void aRecallOpensNoEarlierVersionToNamedUnits() throws Exception {
        String file = "incident--4a8f75ef-1d02-4bc4-9c97-b922b80c6b89";
        String late = "report--4a6b5808-e121-4716-8efc-da9bbe953d7e";
        String between = "report--75854316-8b39-4a79-846c-1cd3247c390d";
        String recalled = "report--da10b1c9-c89d-4135-ad02-70701c8ecf81";
        DrawnWorld world = new DrawnWorld(
                List.of(
                        report(between, 1, 0, late),
                        caseFile(file, 0, "narcotics"),
                        report(recalled, 1, 0, file),
                        report(late, 1, 2, file),
                        report(recalled, 2, 2, between)),
                List.of(),
                List.of(new DrawnWorld.TakenBack(2, "us", "us", recalled, 2, Optional.empty())));
        assertEquals(Optional.empty(), difference(13507, world));
    }

    /**
     * A report comes together with two case files. It refers to the one, and to the other by way of a report that comes
     * with it between two that were there.
     */
    @Test
    void whatComesTogetherIsAboutAllCaseFilesThatItLeadsTo() throws Exception {
        String own = "incident--4ce95e5c-3547-4d23-a7cf-b70c69175d34";
        String other = "incident--4a8f75ef-1d02-4bc4-9c97-b922b80c6b89";
        String first = "report--83b9425b-7438-4816-acef-a3c93fbc35d2";
        String middle = "report--b8e09628-1b24-4d75-86d0-4c37bd3a42e2";
        String last = "report--bca045e1-d98f-4b8b-8957-fcd468d0dd0e";
        String about = "report--b9e08c3d-69d0-46e8-86ae-528230cf2853";
        DrawnWorld world = new DrawnWorld(
                List.of(
                        report(first, 1, 0, other),
                        report(last, 1, 0, middle),
                        caseFile(own, 2, "fraud"),
                        caseFile(other, 2, "narcotics"),
                        report(middle, 1, 2, first),
                        report(about, 1, 2, own, last)),
                List.of(),
                List.of());
        assertEquals(Optional.empty(), difference(13507, world));
    }

    /**
     * The same where what is between them is new. A report refers to a case file that comes with it, and to a report
     * that leads to another such case file by one that was there.
     */
    @Test
    void whatComesTogetherIsAboutCaseFilesBeyondANewObject() throws Exception {
        String own = "incident--4ce95e5c-3547-4d23-a7cf-b70c69175d34";
        String other = "incident--4a8f75ef-1d02-4bc4-9c97-b922b80c6b89";
        String there = "report--83b9425b-7438-4816-acef-a3c93fbc35d2";
        String between = "report--b8e09628-1b24-4d75-86d0-4c37bd3a42e2";
        String about = "report--b9e08c3d-69d0-46e8-86ae-528230cf2853";
        DrawnWorld world = new DrawnWorld(
                List.of(
                        report(there, 1, 0, other),
                        caseFile(own, 2, "fraud"),
                        caseFile(other, 2, "narcotics"),
                        report(between, 1, 2, there),
                        report(about, 1, 2, own, between)),
                List.of(),
                List.of());
        assertEquals(Optional.empty(), difference(13507, world));
    }

    /** What is stored refers to something stricter that comes with something that refers to it. */
    @Test
    void whatComesTogetherIsAsStrictAsAllThatItLeadsTo() throws Exception {
        String middle = "report--d8cd9295-a69d-4faa-84b3-fd247f401e48";
        String strict = "report--8912f178-6d28-4d58-9e5c-9d3ba04f9551";
        DrawnWorld world = new DrawnWorld(
                List.of(
                        report(middle, 1, 0, strict),
                        given("budapest", 2, "report--e30b0028-c20b-4ded-b2c1-a3ad91c6a9f9", Set.of(), middle),
                        given(
                                "budapest",
                                2,
                                strict,
                                Set.of(Tlp.AMBER),
                                "incident--8c899bcf-ddd5-4ee2-b260-e742032faf77")),
                List.of(),
                List.of());
        assertEquals(Optional.empty(), difference(9014001, world));
    }

    /**
     * A partner's report refers to one that it is given under an agreement on few kinds, and that becomes personal by
     * what comes together with that report.
     */
    @Test
    void whatComesTogetherFollowsWhatItsAuthorSawUntilThen() throws Exception {
        String first = "report--a50067ce-262c-4795-9b54-46e3bbf4155c";
        String middle = "report--7a0b22b6-880c-46fc-8e8b-d1177e757a80";
        String given = "report--e41cf5b1-5555-4822-a0bc-17a10674d02b";
        String personal = "indicator--0ec665ca-759e-42d5-a04b-af377dc8df0f";
        DrawnWorld world = new DrawnWorld(
                List.of(
                        report(first, 1, 0, personal),
                        report(middle, 1, 0, first),
                        given("almaty", 1, given, Set.of(), middle),
                        new DrawnWorld.Item(
                                personal,
                                DrawnWorld.Type.INDICATOR,
                                1,
                                1,
                                "almaty",
                                "almaty",
                                Set.of(),
                                false,
                                Set.of(),
                                Set.of("email"),
                                "",
                                Set.of()),
                        report(middle, 2, 1, given)),
                List.of(),
                List.of());
        assertEquals(Optional.empty(), difference(20411001, world));
    }

    /** From a partner. */
    private static DrawnWorld.Item given(String by, int step, String id, Set<Tlp> markings, String ref) {
        return new DrawnWorld.Item(
                id, DrawnWorld.Type.REPORT, 1, step, by, by, markings, false, Set.of(), Set.of(), "", Set.of(ref));
    }

    private static DrawnWorld.Item caseFile(String id, int step, String unit) {
        return new DrawnWorld.Item(
                id,
                DrawnWorld.Type.CASE,
                1,
                step,
                "anna",
                "",
                Set.of(Tlp.RED),
                false,
                Set.of(),
                Set.of(),
                unit,
                Set.of());
    }

    private static DrawnWorld.Item report(String id, int version, int step, String... refs) {
        return new DrawnWorld.Item(
                id,
                DrawnWorld.Type.REPORT,
                version,
                step,
                "anna",
                "us",
                Set.of(),
                false,
                Set.of(),
                Set.of(),
                "",
                Set.of(refs));
    }

    private void run(int worlds, long seed) throws Exception {
        for (int done = 0; done < worlds; done += TOGETHER) {
            long region = seed + done;
            List<DrawnWorld> drawn = new ArrayList<>();
            Map<Integer, String> differences = inRegion(region, centre -> {
                Random random = DrawnRegion.random(region);
                for (int i = 0; i < TOGETHER; i++) {
                    drawn.add(centre.draw(random));
                }
                return centre.disagreements(drawn);
            });
            if (!differences.isEmpty()) {
                DrawnWorld smallest = smallest(
                        region, drawn.get(differences.keySet().iterator().next()));
                assertEquals(
                        "",
                        difference(region, smallest).orElse(""),
                        () -> differences.size() + " of " + TOGETHER + " worlds differ in the region " + region
                                + "; the smallest found:\n" + smallest);
                fail("a world of the region " + region + " differs only beside others: " + differences);
            }
            log((done + TOGETHER) + " worlds agree, the last ones of the region " + region);
        }
    }

    private static void log(String line) throws IOException {
        String file = System.getProperty("worlds.log", "");
        if (!file.isEmpty()) {
            Files.writeString(
                    Path.of(file),
                    Instant.now() + " " + line + ", after " + processorSeconds() + " s of processor\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static long processorSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toSeconds();
    }

    private DrawnWorld smallest(long region, DrawnWorld world) throws Exception {
        DrawnWorld smallest = world;
        for (boolean again = true; again; ) {
            again = false;
            for (DrawnWorld smaller : smallest.smaller()) {
                if (difference(region, smaller).isPresent()) {
                    smallest = smaller;
                    again = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private Optional<String> difference(long region, DrawnWorld world) throws Exception {
        return inRegion(
                region,
                centre ->
                        Optional.ofNullable(centre.disagreements(List.of(world)).get(0)));
    }

    private interface Question<T> {
        T ask(DrawnRegion centre) throws Exception;
    }

    private DrawnPapers papers(long seed) throws Exception {
        if (papers == null || papersSeed != seed) {
            papers = new DrawnPapers(seed, folder.resolve("papers" + opened));
            papersSeed = seed;
        }
        return papers;
    }

    private <T> T inRegion(long seed, Question<T> question) throws Exception {
        Path home = Files.createDirectory(folder.resolve("region" + opened++));
        try (DrawnRegion region = new DrawnRegion(seed, home, papers(Math.floorDiv(seed, SIGNED_TOGETHER)))) {
            return question.ask(region);
        } finally {
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
