package uz.koprik.indicators.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.stix.rules.Severity;

class StixFileTest {

    private static final String URL =
            "{'type':'url','id':'url--bb7a38a1-5d5f-5f1f-9dc2-2ff0eb2b1e1a','value':'https://example.com/'}";
    private static final String BUNDLE =
            "{'type':'bundle','id':'bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',\n'objects':[\n%s]}";

    private static List<StixFile.Item> read(String text) throws IOException {
        return read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<StixFile.Item> read(byte[] file) throws IOException {
        List<StixFile.Item> items = new ArrayList<>();
        try (StixFile stix = StixFile.open(new ByteArrayInputStream(file))) {
            for (StixFile.Item item = stix.next(); item != null; item = stix.next()) {
                items.add(item);
            }
        }
        return items;
    }

    @Test
    void readsBundlesEnvelopesAndSingleObjects() throws IOException {
        List<StixFile.Item> bundle = read(BUNDLE.formatted(URL + ",\n" + URL));
        assertEquals(
                List.of("/objects/0", "/objects/1", ""),
                bundle.stream().map(StixFile.Item::pointer).toList());
        assertEquals(List.of(3, 4, 1), bundle.stream().map(StixFile.Item::line).toList());
        assertTrue(bundle.stream().allMatch(i -> i.verdict().valid()), bundle::toString);
        assertEquals(1, read("{'more':false,'objects':[" + URL + "]}").size(), "an envelope has no rules of its own");
        assertEquals("", read(URL).getFirst().pointer());
    }

    @Test
    void readsListsOfObjectsAndSkipsAByteOrderMark() throws IOException {
        for (String mark : List.of("", "\uFEFF")) {
            List<StixFile.Item> list = read(mark + " [" + URL + ",\n" + URL + "]");
            assertEquals(
                    List.of("/0", "/1"),
                    list.stream().map(StixFile.Item::pointer).toList());
            assertEquals(List.of(1, 2), list.stream().map(StixFile.Item::line).toList());
            assertTrue(list.stream().allMatch(i -> i.verdict().valid()), list::toString);
            assertEquals(2, read(mark + BUNDLE.formatted(URL)).size());
            assertTrue(read(mark + URL).getFirst().verdict().valid());
        }
    }

    @Test
    void readsWhatIsPacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
            gz.write(BUNDLE.formatted(URL).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(2, read(packed.toByteArray()).size());
    }

    @Test
    void saysOnWhichLineOfTheFileJsonBreaks() throws IOException {
        List<StixFile.Item> items = read(BUNDLE.formatted(URL + ",\n{'type':'url',\n'value':}"));
        assertEquals(3, items.size(), "the others are judged all the same");
        assertTrue(
                items.get(1).verdict().findings().getFirst().rule().startsWith("line 5, column 9: "), items::toString);
        List<StixFile.Item> cut = read("{'type':'bundle','objects':[" + URL + "\n,");
        assertFalse(cut.getLast().verdict().valid());
        assertTrue(cut.getLast().verdict().findings().getFirst().rule().startsWith("line 2"), cut::toString);
    }

    @Test
    void judgesTheBundleItself() throws IOException {
        List<StixFile.Item> items = read("{'type':'bundle','id':'bundle--x','objects':[" + URL + "]}");
        assertEquals("/id", items.getLast().verdict().findings().getFirst().pointer());
        assertFalse(read("{'foo':1}").getFirst().verdict().valid());
        assertFalse(read("[1]").getFirst().verdict().valid());
        assertFalse(read("").getFirst().verdict().valid());
    }

    @Test
    void tellsSingleObjectsFromBundles() throws IOException {
        String late = "{'value':'https://example.com/" + "a".repeat(20_000)
                + "','id':'url--bb7a38a1-5d5f-5f1f-9dc2-2ff0eb2b1e1a','type':'url'}";
        assertEquals("url", read(late).getFirst().verdict().type());
        assertTrue(read(late).getFirst().verdict().valid());
        ObjectVerdict list = read("{'type':'observed-data','objects':[" + URL + "]}")
                .getLast()
                .verdict();
        assertEquals("/type", list.findings().getFirst().pointer());
    }

    @Test
    void judgesStix20AsWhatItBecomes() throws IOException {
        String identity =
                "{'type':'identity','id':'identity--8ae20dde-83d4-4218-88fd-41ef0dabf9d1','created':'2016-08-22T14:09:00.123Z',"
                        + "'modified':'2016-08-22T14:09:00.123Z','identity_class':'group'%s}";
        ObjectVerdict good = read(BUNDLE.formatted(identity.formatted(",'name':'x'")))
                .getFirst()
                .verdict();
        assertTrue(good.valid() && good.conversion().isPresent());
        assertTrue(good.findings().stream().anyMatch(f -> f.rule().contains("STIX 2.0")), good::toString);
        assertFalse(read(BUNDLE.formatted(identity.formatted("")))
                .getFirst()
                .verdict()
                .valid());
        assertFalse(
                read(identity.formatted(",'name':'x'")).getFirst().verdict().valid(),
                "alone, it has to say what it is");
    }

    /** What is wrong with the last of them, and where. */
    private static List<String> lastOf(String... identities) throws IOException {
        List<StixFile.Item> items = read(BUNDLE.formatted(String.join(",\n", identities)));
        return items.get(identities.length - 1).verdict().findings().stream()
                .filter(f -> f.severity() == Severity.MUST)
                .map(f -> f.pointer() + " " + f.rule())
                .toList();
    }

    private static String identity(String modified, String more) {
        return "{'type':'identity','spec_version':'2.1','id':'identity--8ae20dde-83d4-4218-88fd-41ef0dabf9d1','created':'2026-01-01T00:00:00.000Z',"
                + "'modified':'2026-0" + modified + "-01T00:00:00.000Z','identity_class':'group'," + more + "}";
    }

    @Test
    void comparesVersionsOfOneObject() throws IOException {
        String first = identity("1", "'name':'x'");
        assertEquals(List.of(), lastOf(first, first), "the same twice is no change");
        assertEquals(
                List.of(), lastOf(first, identity("1", "'revoked':false,'name':'x'")), "a default may be left out");
        assertEquals(List.of(), lastOf(identity("2", "'name':'y'"), first), "versions may stand in any order");
        assertEquals(
                List.of(
                        "/modified other content stands at /objects/0 (line 3) under the same id and the same \"modified\": every change is"
                                + " a new version"),
                lastOf(first, identity("1", "'name':'y'")));
        assertEquals(
                List.of(
                        "/created the version at /objects/0 (line 3) says otherwise: \"created\" is the same in every version"),
                lastOf(first, identity("2", "'name':'x'").replace("'2026-01-01", "'2026-01-02")));
        assertEquals(
                List.of(
                        "/created_by_ref the version at /objects/0 (line 3) says otherwise: only who created an object makes new versions of it"),
                lastOf(
                        first,
                        identity("2", "'created_by_ref':'identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e','name':'x'")));
    }

    @Test
    void revokingIsForEver() throws IOException {
        String revoked = identity("2", "'name':'x','revoked':true");
        assertEquals(List.of(), lastOf(identity("1", "'name':'x'"), revoked));
        assertEquals(
                List.of(
                        "/modified the object was revoked by the version at /objects/1 (line 4): no version comes after that"),
                lastOf(identity("1", "'name':'x'"), revoked, identity("3", "'name':'x'")));
        assertEquals(
                List.of(
                        "/revoked a later version stands at /objects/0 (line 3): none comes after an object was revoked"),
                lastOf(identity("3", "'name':'x'"), revoked));
    }
}
