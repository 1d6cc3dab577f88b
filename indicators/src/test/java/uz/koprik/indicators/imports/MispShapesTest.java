package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.koprik.crypto.json.StrictJson;

/** What programs put around MISP events in a file. */
final class MispShapesTest {

    private static String event(int number, String uuid) {
        return ("{%s\"info\":\"event %d with } and { \\\"in\\\" its name\",\"date\":\"2026-11-20\",\"timestamp\":\"1795305600\","
                        + "\"threat_level_id\":\"2\",\"analysis\":\"2\",\"distribution\":\"3\",\"Orgc\":{\"name\":\"o\","
                        + "\"uuid\":\"55f6ea5e-2c60-40e5-964f-47a8950d210f\"},\"Attribute\":[{\"type\":\"domain\","
                        + "\"category\":\"Network activity\",\"to_ids\":true,\"value\":\"e%d.example.com\"}]}")
                .formatted(uuid.isEmpty() ? "" : "\"uuid\":\"" + uuid + "\",", number, number);
    }

    private static String event(int number) {
        return event(number, "11111111-1111-4111-8111-%012d".formatted(number));
    }

    private static String wrapped(int number) {
        return "{\"Event\":" + event(number) + "}";
    }

    private static List<ImportItem> read(String text) throws Exception {
        List<ImportItem> all = new ArrayList<>();
        try (ImportReader reader = ImportReader.open(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ImportOptions.of("events.json"))) {
            assertEquals(ImportFormat.MISP, reader.format());
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                all.add(item);
            }
        }
        return all;
    }

    private static List<String> ids(List<ImportItem> items, String type) throws Exception {
        List<String> ids = new ArrayList<>();
        for (ImportItem item : items) {
            if (item instanceof ImportItem.ObjectBytes made) {
                String id = StrictJson.parseObject(made.object()).string("id").orElseThrow();
                if (id.startsWith(type + "--")) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static String expanded(String shape) {
        return shape.replace("W1", wrapped(1))
                .replace("W2", wrapped(2))
                .replace("W3", wrapped(3))
                .replace("E1", event(1))
                .replace("E2", event(2))
                .replace("E3", event(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W1",
                "E1",
                "\uFEFFE1",
                "[W1]",
                "[E1]",
                "{\"response\":W1}",
                "{\"response\":[W1]}",
                "{\"response\":[E1]}",
                "{ \"response\" :\n { \"Event\": E1 } }",
                "  W1\n\n"
            })
    void oneEventIsReadHoweverItIsWrapped(String shape) throws Exception {
        List<ImportItem> items = read(expanded(shape));
        assertEquals(List.of("report--11111111-1111-4111-8111-000000000001"), ids(items, "report"));
        assertEquals(ids(read(event(1)), "indicator"), ids(items, "indicator"));
        assertEquals(1, ids(items, "indicator").size());
        assertTrue(items.stream().noneMatch(ImportItem.RefusedRow.class::isInstance), items::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "W1\nW2\nW3\n",
                "E1\nE2\nE3",
                "W1W2W3",
                "W1 E2\r\n\r\nW3",
                "[W1,W2,W3]",
                "[E1,W2,E3]",
                "{\"response\":[W1,W2,W3]}",
                "{\"response\":W1}\n{\"response\":W2}\n{\"response\":W3}"
            })
    void severalEventsAreReadOneAfterAnother(String shape) throws Exception {
        List<ImportItem> items = read(expanded(shape));
        assertEquals(
                List.of(
                        "report--11111111-1111-4111-8111-000000000001",
                        "report--11111111-1111-4111-8111-000000000002",
                        "report--11111111-1111-4111-8111-000000000003"),
                ids(items, "report"));
        assertEquals(3, ids(items, "indicator").stream().distinct().count());
        assertTrue(items.stream().noneMatch(ImportItem.RefusedRow.class::isInstance), items::toString);
    }

    @Test
    void placesOfLaterEventsNameTheirLine() throws Exception {
        List<ImportItem> items = read(wrapped(1) + "\n" + wrapped(2));
        assertTrue(items.stream().anyMatch(item -> item.where().equals("/Event/Attribute/0")), items::toString);
        assertTrue(items.stream().anyMatch(item -> item.where().equals("line 2 /Event/Attribute/0")), items::toString);
    }

    @Test
    void anEventThatIsBrokenDoesNotStopTheOthers() throws Exception {
        List<ImportItem> items = read(wrapped(1) + "\n{\"Event\":{\"info\":nothing}}\n" + wrapped(3));
        assertEquals(2, ids(items, "report").size());
        assertEquals(
                1,
                items.stream().filter(ImportItem.RefusedRow.class::isInstance).count());
    }

    @Test
    void partsWithoutUuidsGetTheSameIdsInEveryImportAndFile() throws Exception {
        String first = event(1, "");
        String second = event(2, "");
        List<String> together = ids(read("[" + first + "," + second + "]"), "indicator");
        assertEquals(2, together.stream().distinct().count());
        assertEquals(together.reversed(), ids(read("{\"response\":[" + second + "," + first + "]}"), "indicator"));
        assertEquals(List.of(together.getFirst()), ids(read("{\"Event\":" + first + "}"), "indicator"));
        List<String> reports = ids(read(first + "\n" + second), "report");
        assertEquals(2, reports.stream().distinct().count());
        assertEquals(List.of(reports.getLast()), ids(read(second), "report"));
    }

    @Test
    void anAttributeBeforeDoesNotChangeTheIdOfOneWithoutUuid() throws Exception {
        String more = event(1).replace(
                        "\"Attribute\":[",
                        "\"Attribute\":[{\"type\":\"domain\",\"to_ids\":true,\"value\":\"new.example.com\"},");
        List<String> ids = ids(read(more), "indicator");
        assertEquals(2, ids.size());
        assertEquals(ids(read(event(1)), "indicator").getFirst(), ids.getLast());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"bundle\",\"id\":\"bundle--11111111-1111-4111-8111-000000000001\",\"objects\":[]}",
                "{\"objects\":[],\"info\":\"x\",\"analysis\":\"y\"}",
                "[{\"type\":\"indicator\",\"id\":\"indicator--11111111-1111-4111-8111-000000000001\"}]",
                "{\"info\":\"x\",\"Object\":1}"
            })
    void otherJsonIsNoEvent(String text) {
        assertFalse(MispShape.isMisp(text), text);
    }

    @Test
    void whatIsNotUsedHasACode() throws Exception {
        List<ImportItem> items = read(
                """
                {"Event":{"info":"odd","uuid":"11111111-1111-4111-8111-000000000009","Attribute":[
                {"type":"of-tomorrow","value":"x"},{"type":"domain","value":""}]}}""");
        assertTrue(
                items.stream()
                        .anyMatch(item -> item instanceof ImportItem.ImportNote note
                                && note.sentence().code().equals("misp_unknown_type")
                                && note.sentence().details().equals(Map.of("type", "of-tomorrow"))
                                && note.reason().startsWith("attribute of type of-tomorrow")),
                items::toString);
        assertTrue(
                items.stream()
                        .anyMatch(item -> item instanceof ImportItem.RefusedRow row
                                && row.sentence().code().equals("misp_empty_value")),
                items::toString);
    }
}
