package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a small folder of sources, with a Maven and a JDK that only say that they were called. */
class LauncherTest {

    @TempDir
    private Path temp;

    private Path project;

    @BeforeEach
    void found() throws Exception {
        project = temp.resolve("project");
        for (String module : List.of("crypto", "indicators", "gateway")) {
            Path main = Files.createDirectories(project.resolve(module).resolve("src/main/java"));
            Files.writeString(main.resolve("A.java"), "class A {}");
            Files.writeString(project.resolve(module).resolve("pom.xml"), "<project/>");
        }
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.createDirectories(project.resolve("gateway/bin"));
        for (String name : List.of("koprik", "jvm", "sources-checksum")) {
            Files.copy(
                    Path.of("bin").resolve(name),
                    project.resolve("gateway/bin").resolve(name),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(temp.resolve("jdk/bin"));
        Files.writeString(temp.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\nJAVA_RUNTIME_VERSION=\"25.0.1+8\"\n");
        script(
                "jdk/bin/java",
                "for word in \"$@\"; do case $word in -XX:AOTCacheOutput=*) : >\"${word#*=}\" ;; esac; done");
        Files.createDirectories(temp.resolve("path"));
        script("path/mvn", "mkdir -p gateway/target && echo jar >gateway/target/koprik.jar");
    }

    private void script(String name, String line) throws IOException {
        Path file = Files.writeString(temp.resolve(name), "#!/bin/sh\n" + line + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private boolean builds(Path where) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(where.resolve("gateway/bin/koprik").toString()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", temp.resolve("jdk").toString());
        builder.environment().put("PATH", temp.resolve("path") + ":" + System.getenv("PATH"));
        builder.environment().remove("KOPRIK_JAR");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        return said.contains("koprik: building");
    }

    private static void touchAll(Path where, Instant time) throws IOException {
        try (Stream<Path> files = Files.walk(where.resolve("gateway/src"))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }

    @Test
    void buildsWhenSourcesHaveOtherContentAndNotWhenTheyHaveOtherTimes() throws Exception {
        assertTrue(builds(project), "there is no jar");
        assertFalse(builds(project));
        touchAll(project, Instant.now().plus(Duration.ofHours(1)));
        assertFalse(builds(project), "only the times are new");
        Path source = project.resolve("indicators/src/main/java/A.java");
        Files.writeString(source, "class A { int b; }");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
        assertTrue(builds(project), "the content is new, though the time is old");
        assertFalse(builds(project));
        Files.delete(source);
        assertTrue(builds(project), "a source is gone");
    }

    @Test
    void aPlainCopyOfTheFolderIsNotBuiltAgain() throws Exception {
        assertTrue(builds(project));
        Path copy = temp.resolve("copy");
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(project.relativize(file)));
            }
        }
        for (String name : List.of("koprik", "sources-checksum")) {
            assertTrue(copy.resolve("gateway/bin").resolve(name).toFile().setExecutable(true));
        }
        touchAll(copy, Instant.now().plus(Duration.ofHours(1)));
        assertFalse(builds(copy));
    }

    @Test
    void aJarThatMavenMadeIsTakenAsItIs() throws Exception {
        Files.createDirectories(project.resolve("gateway/target"));
        touchAll(project, Instant.now().minus(Duration.ofHours(1)));
        Files.writeString(project.resolve("gateway/target/koprik.jar"), "jar");
        assertFalse(builds(project));
        touchAll(project, Instant.now().plus(Duration.ofHours(1)));
        assertFalse(builds(project), "the first start wrote down of which sources it is");
    }
}
