package uz.koprik.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** docs/dependencies.md has a line for every dependency that a pom declares. */
class DependenciesPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([a-z0-9_-]+)`");

    /** Of the product: in both directions. */
    @ParameterizedTest
    @ValueSource(strings = {"crypto", "indicators", "gateway"})
    void namesWhatTheProductDeclares(String module) throws Exception {
        assertEquals(declared(module, false), documented(module));
    }

    @Test
    void namesWhatTestsDeclare() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (String module : List.of(".", "crypto", "indicators", "gateway")) {
            missing.addAll(declared(module, true));
        }
        missing.removeAll(documented("Tests only"));
        assertEquals(Set.of(), missing);
    }

    /** The first column of the table below a heading. */
    private static Set<String> documented(String heading) throws Exception {
        String page = Files.readString(ROOT.resolve("docs/dependencies.md"));
        String begin = "\n## " + heading + '\n';
        String section = page.substring(page.indexOf(begin) + begin.length()).split("\n## ", 2)[0];
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> NAME.matcher(cell).results())
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The artifacts that a module declares for tests, or for the product; without Koprik's own modules. */
    private static Set<String> declared(String module, boolean forTests) throws Exception {
        Element managed = child(child(pom("."), "dependencyManagement"), "dependencies");
        Set<String> testOnly = new TreeSet<>();
        for (Element one : dependencies(managed)) {
            if (text(one, "scope").equals("test")) {
                testOnly.add(text(one, "artifactId"));
            }
        }
        Set<String> names = new TreeSet<>();
        for (Element one : dependencies(child(pom(module), "dependencies"))) {
            boolean test = text(one, "scope").equals("test") || testOnly.contains(text(one, "artifactId"));
            if (!text(one, "groupId").equals("uz.koprik") && test == forTests) {
                names.add(text(one, "artifactId"));
            }
        }
        return names;
    }

    private static Element pom(String module) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    private static List<Element> dependencies(Element parent) {
        List<Element> all = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element one && one.getTagName().equals("dependency")) {
                all.add(one);
            }
        }
        return all;
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element one && one.getTagName().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no <" + name + "> in <" + parent.getTagName() + '>');
    }

    private static String text(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element one && one.getTagName().equals(name)) {
                return one.getTextContent();
            }
        }
        return "";
    }
}
