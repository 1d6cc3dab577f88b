package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** What the text of an object says of its markings before it is read. */
class MarkingBundlesTest {

    private static final String ONE = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";
    private static final String TWO = "marking-definition--0a42a846-8d90-4e51-bc29-71d5b4802168";
    private static final String DEFINITION =
            "{\"type\":\"marking-definition\",\"id\":\"" + ONE + "\",\"object_marking_refs\":[\"" + TWO + "\"]}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] marked(String... ids) {
        return bytes("{\"type\":\"tool\",\"object_marking_refs\":[\"" + String.join("\",\"", ids) + "\"]}");
    }

    @Test
    void findsEachMarkingOnceButThoseOfTlp() {
        assertEquals(List.of(ONE, TWO), MarkingBundles.of(marked(ONE, Markings.id(Tlp.RED), TWO, ONE)));
        assertEquals(List.of(), MarkingBundles.of(marked(Markings.id(Tlp.RED))));
        assertEquals(List.of(), MarkingBundles.of(bytes("marking-definition--")));
        assertEquals(List.of(), MarkingBundles.of(bytes("")));
    }

    @Test
    void knowsDefinitions() {
        assertEquals(List.of(), MarkingBundles.of(bytes(DEFINITION)));
        assertEquals(Optional.of(ONE), MarkingBundles.defined(bytes(DEFINITION)));
        assertEquals(Optional.empty(), MarkingBundles.defined(marked(ONE)));
        assertEquals(Optional.empty(), MarkingBundles.defined(bytes("{\"x\":\"marking-definition\"")));
        assertEquals(Optional.empty(), MarkingBundles.defined(bytes("{\"id\":\"x\",\"x\":\"marking-definition\"}")));
    }

    @Test
    void putsWhatIsMarkedLastAndKeepsTheOrderOtherwise() {
        List<IncomingObject> offered = List.of(
                new IncomingObject(marked(ONE), "0"),
                new IncomingObject(marked(), "1"),
                new IncomingObject(marked(TWO), "2"),
                new IncomingObject(bytes(DEFINITION), "3"));
        assertEquals(
                List.of("1", "3", "0", "2"),
                MarkingBundles.last(offered).stream().map(IncomingObject::where).toList());
    }

    @Test
    void aWordForADefinitionStaysBeforeIt() {
        byte[] word = bytes("{\"type\":\"countersignature\",\"object_ref\":\"" + ONE + "\",\"object_marking_refs\":[\""
                + Markings.id(Tlp.CLEAR) + "\"]}");
        List<IncomingObject> offered = List.of(
                new IncomingObject(marked(ONE), "0"),
                new IncomingObject(word, "1"),
                new IncomingObject(bytes(DEFINITION), "2"));
        assertEquals(
                List.of("1", "2", "0"),
                MarkingBundles.last(offered).stream().map(IncomingObject::where).toList());
    }
}
