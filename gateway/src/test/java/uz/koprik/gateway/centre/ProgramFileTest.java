package uz.koprik.gateway.centre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.concurrent.ProcessEnd;
import uz.koprik.indicators.policy.Tlp;

/** A jar that is replaced under a running process. */
class ProgramFileTest {

    @RegisterExtension
    final Centres centres = new Centres();

    @TempDir
    private Path temp;

    @Test
    void anOverwrittenFileIsNoticedAndARenamedOneDoesNoHarm() throws Exception {
        Path jar = Files.writeString(temp.resolve("a.jar"), "one");
        ProgramFile program = ProgramFile.of(jar).orElseThrow();
        assertFalse(program.overwritten());
        Files.writeString(temp.resolve("b.jar"), "another");
        Files.move(temp.resolve("b.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
        assertFalse(program.overwritten(), "the process still has the old one open");
        ProgramFile second = ProgramFile.of(jar).orElseThrow();
        Files.writeString(jar, "third content");
        assertTrue(second.overwritten());
    }

    @Test
    void theProcessEndsWithASentenceWhenItsJarIsOverwritten() throws Exception {
        Path jar = temp.resolve("koprik-test.jar");
        String path = jar(jar);
        RunningCentre centre = centres.init("tashkent");
        Path log = temp.resolve("log");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + Files.createDirectory(temp.resolve("tmp")),
                        "-cp",
                        path,
                        Main.class.getName(),
                        "--home",
                        centre.home().root().toString(),
                        "serve"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (!Files.readString(log).contains("ready")) {
                assertTrue(child.isAlive(), () -> text(log));
                Thread.sleep(50);
            }
            try (Stream<Path> left = Files.list(temp.resolve("tmp"))) {
                assertEquals(
                        List.of(),
                        left.filter(file -> file.getFileName().toString().startsWith("vertx-cache"))
                                .toList(),
                        "nothing that a killed process would leave there");
            }
            Files.write(jar, new byte[1000]);
            assertTrue(child.waitFor(60, TimeUnit.SECONDS), () -> "it ends: " + text(log));
            assertEquals(ProcessEnd.EXIT_CODE, child.exitValue(), () -> text(log));
            assertTrue(text(log).contains("the process ends with exit code 5, start it again"), () -> text(log));
        } finally {
            child.destroyForcibly();
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Makes a jar of the classes of Koprik; returns a class path with it. */
    private static String jar(Path jar) throws Exception {
        Set<Path> own = new HashSet<>();
        for (Class<?> one : List.of(Main.class, Tlp.class, Sha256.class)) {
            own.add(Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        Set<String> names = new HashSet<>();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path from : own) {
                if (Files.isDirectory(from)) {
                    try (Stream<Path> files = Files.walk(from)) {
                        for (Path file : files.filter(Files::isRegularFile).toList()) {
                            String name = from.relativize(file).toString();
                            if (names.add(name)) {
                                out.putNextEntry(new JarEntry(name));
                                Files.copy(file, out);
                            }
                        }
                    }
                } else {
                    copy(from, out, names);
                }
            }
        }
        List<String> path = new ArrayList<>(List.of(jar.toString()));
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !own.contains(Path.of(entry)))
                .forEach(path::add);
        return String.join(java.io.File.pathSeparator, path);
    }

    private static void copy(Path from, OutputStream out, Set<String> names) throws IOException {
        try (JarInputStream in = new JarInputStream(Files.newInputStream(from))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                if (names.add(entry.getName())) {
                    ((JarOutputStream) out).putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
    }
}
