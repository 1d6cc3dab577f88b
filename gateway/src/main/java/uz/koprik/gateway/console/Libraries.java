package uz.koprik.gateway.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;

/**
 * The libraries that modules of the console import by name, from WebJars on the class path. Nothing else of the class
 * path is served.
 */
final class Libraries {

    private static final String MAVEN = "/META-INF/maven/org.webjars.npm/";
    private static final String FILES = "/META-INF/resources/webjars/";

    /**
     * A library.
     *
     * @param name by which modules import it
     * @param artifact of the WebJar
     * @param entry the file that the bare name stands for
     */
    private record Library(String name, String artifact, String entry) {}

    private static final List<Library> ALL = List.of(
            new Library("@lit/reactive-element", "lit__reactive-element", "reactive-element.js"),
            new Library("cytoscape", "cytoscape", "dist/cytoscape.esm.min.mjs"),
            new Library("d3", "d3", "dist/d3.min.js"),
            new Library("lit", "lit", "index.js"),
            new Library("lit-element", "lit-element", "index.js"),
            new Library("lit-html", "lit-html", "lit-html.js"));

    private final Map<String, String> versions = new LinkedHashMap<>();
    private final Map<String, Optional<StaticFile>> files = new ConcurrentHashMap<>();

    /** @throws IOException when a library is missing in the program */
    Libraries() throws IOException {
        for (Library library : ALL) {
            versions.put(library.artifact(), version(library.artifact()));
        }
    }

    private static String version(String artifact) throws IOException {
        String name = MAVEN + artifact + "/pom.properties";
        try (InputStream in = Libraries.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("a library of the console is missing in the program: " + name);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }

    /**
     * The import map: which URL a bare name stands for.
     *
     * @param folder URL below which libraries are served, with a slash at its end
     */
    String importMap(String folder) {
        JsonObject.Builder imports = JsonObject.builder();
        for (Library library : ALL) {
            String base = folder + base(library);
            imports.put(library.name(), base + library.entry());
            imports.put(library.name() + "/", base);
        }
        return CanonicalJson.text(
                JsonObject.builder().put("imports", imports.build()).build());
    }

    private String base(Library library) {
        return library.artifact() + "/" + versions.get(library.artifact()) + "/";
    }

    /**
     * Which file a name of the import map stands for, as {@link #find} takes it; empty for none.
     *
     * @param name such as {@code lit} or {@code lit/directives/repeat.js}
     */
    Optional<String> resolve(String name) {
        return ALL.stream()
                .filter(library -> name.equals(library.name()) || name.startsWith(library.name() + "/"))
                .findFirst()
                .map(library -> base(library)
                        + (name.equals(library.name())
                                ? library.entry()
                                : name.substring(library.name().length() + 1)));
    }

    /** @param path artifact, version and file, as {@link #importMap} names them */
    Optional<StaticFile> find(String path) {
        String[] parts = path.split("/", 3);
        return parts.length == 3 && parts[1].equals(versions.get(parts[0])) && !parts[2].contains("..")
                ? files.computeIfAbsent(path, Libraries::read)
                : Optional.empty();
    }

    private static Optional<StaticFile> read(String path) {
        try (InputStream in = Libraries.class.getResourceAsStream(FILES + path)) {
            return in == null ? Optional.empty() : StaticFile.of(path, in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
