package uz.koprik.gateway.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.demo.ReservedPort;

/**
 * A centre of another build, for measurements in which two builds do the same in turn. All its commands run in
 * processes of their own, by the classes of that build.
 */
final class EarlierCentre {

    private final String classPath;
    private final Path home;

    private EarlierCentre(String classPath, Path home) {
        this.classPath = classPath;
        this.home = home;
    }

    /**
     * Makes the home of a centre that trusts a partner, and starts it.
     *
     * @param classes folders of the classes of that build, as in a class path; its libraries are those of this build
     * @param card of the partner
     */
    static ChildCentre start(
            String classes, String name, Path under, Change change, Path card, String fingerprint, String... jvmOptions)
            throws Exception {
        String own = System.getProperty("java.class.path");
        EarlierCentre earlier = new EarlierCentre(classes.isEmpty() ? own : classes + ":" + own, under.resolve(name));
        int port = ReservedPort.choose();
        earlier.koprik("init", "--name", name, "--host", "127.0.0.1", "--port", Integer.toString(port));
        ChildCentre centre = ChildCentre.open(name, under, jvmOptions);
        earlier.settings("required: true", "required: false");
        earlier.settings("\"127.0.0.1:" + (port + 1000) + "\"", "\"\"");
        earlier.settings("  port: " + (port + 2000), "  port: -1");
        change.make(centre);
        earlier.koprik("partner", "add", card.toString(), "--fingerprint", fingerprint, "--no-pull", "--no-push");
        System.setProperty("java.class.path", earlier.classPath);
        try {
            centre.start();
        } finally {
            System.setProperty("java.class.path", own);
        }
        return centre;
    }

    /** What is changed before the start. */
    interface Change {
        void make(ChildCentre centre) throws IOException;
    }

    private void settings(String from, String to) throws IOException {
        Path file = home.resolve("koprik.yaml");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    private void koprik(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                "uz.koprik.gateway.Main",
                "--home",
                home.toString()));
        line.addAll(List.of(arguments));
        Path said = Files.createTempFile("koprik", ".log");
        int code = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    "koprik " + String.join(" ", arguments) + " ended with " + code + ": " + Files.readString(said));
        }
        Files.delete(said);
    }
}
