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

class StixFileTest {

    private static final String URL = "{'type':'url','id':'url--bb7a38a1-5d5f-5f1f-9dc2-2ff0eb2b1e1a','value':'https://example.com/'}";
    private static final String BUNDLE = "{'type':'bundle','id':'bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',\n'objects':[\n%s]}";

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
        assertEquals(List.of("/objects/0", "/objects/1", ""), bundle.stream().map(StixFile.Item::pointer).toList());
        assertEquals(List.of(3, 4, 1), bundle.stream().map(StixFile.Item::line).toList());
        assertTrue(bundle.stream().allMatch(i -> i.verdict().valid()), bundle::toString);
        assertEquals(1, read("{'more':false,'objects':[" + URL + "]}").size(), "an envelope has no rules of its own");
        assertEquals("", read(URL).getFirst().pointer());
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
        assertTrue(items.get(1).verdict().findings().getFirst().rule().startsWith("line 5, column 9: "), items::toString);
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
        String late = "{'value':'https://example.com/" + "a".repeat(20_000) + "','id':'url--bb7a38a1-5d5f-5f1f-9dc2-2ff0eb2b1e1a','type':'url'}";
        assertEquals("url", read(late).getFirst().verdict().type());
        assertTrue(read(late).getFirst().verdict().valid());
        Verdict list = read("{'type':'observed-data','objects':[" + URL + "]}").getLast().verdict();
        assertEquals("/type", list.findings().getFirst().pointer());
    }

    @Test
    void judgesStix20AsWhatItBecomes() throws IOException {
        String identity = "{'type':'identity','id':'identity--8ae20dde-83d4-4218-88fd-41ef0dabf9d1','created':'2016-08-22T14:09:00.123Z',"
                + "'modified':'2016-08-22T14:09:00.123Z','identity_class':'group'%s}";
        Verdict good = read(BUNDLE.formatted(identity.formatted(",'name':'x'"))).getFirst().verdict();
        assertTrue(good.valid() && good.conversion().isPresent());
        assertTrue(good.findings().stream().anyMatch(f -> f.rule().contains("STIX 2.0")), good::toString);
        assertFalse(read(BUNDLE.formatted(identity.formatted(""))).getFirst().verdict().valid());
        assertFalse(read(identity.formatted(",'name':'x'")).getFirst().verdict().valid(), "alone, it has to say what it is");
    }
}
