package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uz.koprik.crypto.MemoryFolders;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/**
 * New homes on a free port of the loopback interface. A home of each name is founded once per run and then copied: the
 * secrets of a home are hashed and encrypted slowly on purpose, which hundreds of tests need not repeat. Centres of one
 * name share their keys.
 */
final class HomeTemplates {

    private record Template(Path folder, CentreInitializer.InitResult made) {}

    private static final Map<CentreInitializer.Wishes, Template> TEMPLATES = new HashMap<>();

    private HomeTemplates() {}

    /** Makes the home of a centre that listens at a port which the system chooses. */
    static CentreInitializer.InitResult found(Home home, String name, String title)
            throws IOException, ConfigException {
        Template template = template(new CentreInitializer.Wishes(name, title, "127.0.0.1", 0, "", List.of()));
        copy(template.folder(), home.root());
        return template.made();
    }

    private static synchronized Template template(CentreInitializer.Wishes wishes) throws IOException, ConfigException {
        Template known = TEMPLATES.get(wishes);
        if (known == null) {
            if (TEMPLATES.isEmpty()) {
                Runtime.getRuntime()
                        .addShutdownHook(
                                new Thread(() -> TEMPLATES.values().forEach(template -> clear(template.folder()))));
            }
            Path folder = MemoryFolders.create("koprik-template");
            known = new Template(folder, CentreInitializer.found(new Home(folder), wishes, InstantSource.system()));
            TEMPLATES.put(wishes, known);
        }
        return known;
    }

    /** Copies a folder with the modes of its files. */
    static void copy(Path from, Path to) throws IOException {
        if (to.getParent() != null) {
            Files.createDirectories(to.getParent());
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.sorted().toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Removes a folder and everything in it. */
    static void clear(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
