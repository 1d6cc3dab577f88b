package uz.koprik.indicators.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the targets, each in a process of its own; what they find lies in {@code target/fuzz}. */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {

    private static final Pattern NEEDED = Pattern.compile(
            "(koprik-crypto|jazzer|re2j|guava|failureaccess|libphonenumber|bcp|bcutil|slf4j-api|icu4j|pdfbox|fastexcel|aalto|stax2|commons-compress|jackson|fontbox|apache-mime4j|jsoup|commons-io|commons-logging)[^/\\\\]*$");

    /** A few inputs that never change, to notice what breaks. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                JsonTarget.class,
                StixTarget.class,
                PatternTarget.class,
                MatchTarget.class,
                TableTarget.class,
                TextTarget.class
            })
    void findsNothingInShort(Class<?> target) throws Exception {
        fuzz(
                target,
                List.of("-XX:TieredStopAtLevel=1"),
                "uz.koprik.**",
                List.of("-runs=1000", "-seed=1", "-timeout=20"));
    }

    /**
     * Searches on where it stopped the last time, {@code -Dfuzz.seconds} long, 3600 when nothing is said. Targets
     * measure the processor time of an input themselves; the limit of Jazzer is for what never ends.
     */
    @Tag("long")
    @ParameterizedTest
    @ValueSource(
            classes = {
                JsonTarget.class,
                StixTarget.class,
                PatternTarget.class,
                MatchTarget.class,
                DocumentTarget.class,
                TableTarget.class,
                TextTarget.class
            })
    void findsNothing(Class<?> target) throws Exception {
        fuzz(
                target,
                List.of(),
                "uz.koprik.**:com.google.re2j.**",
                List.of("-max_total_time=" + Integer.getInteger("fuzz.seconds", 3600), "-timeout=20"));
    }

    /** Only what targets need: Jazzer looks through all of it before it begins. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(p -> Files.isDirectory(Path.of(p)) || NEEDED.matcher(p).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** @param watched classes whose branches guide the search */
    private static void fuzz(Class<?> target, List<String> jvm, String watched, List<String> limits)
            throws IOException, InterruptedException {
        Path folder = Path.of("target", "fuzz", target.getSimpleName()).toAbsolutePath();
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        int number = 0;
        for (byte[] seed : Seeds.of(target)) {
            Files.write(seeds.resolve("seed" + number++), seed);
        }
        Path words = Files.writeString(folder.resolve("words"), Seeds.WORDS);
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath()));
        line.addAll(jvm);
        line.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=" + watched,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-dict=" + words,
                "-rss_limit_mb=2048",
                "-print_final_stats=1"));
        line.addAll(limits);
        line.addAll(List.of(corpus.toString(), seeds.toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int code = process.waitFor();
            String said = Files.readString(log, StandardCharsets.ISO_8859_1);
            assertEquals(
                    0,
                    code,
                    () -> "found something, see " + log + ":\n" + said.substring(Math.max(0, said.length() - 6000)));
            assertTrue(said.contains("stat::number_of_executed_units"), () -> "did not run, see " + log);
        } finally {
            process.destroyForcibly();
        }
    }
}
