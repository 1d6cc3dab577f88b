package uz.koprik.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;

/** What the text of an object says of its markings before it is read. */
class OtherMarkingsTest {

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
        assertEquals(List.of(ONE, TWO), OtherMarkings.of(marked(ONE, Markings.id(Tlp.RED), TWO, ONE)));
        assertEquals(List.of(), OtherMarkings.of(marked(Markings.id(Tlp.RED))));
        assertEquals(List.of(), OtherMarkings.of(bytes("marking-definition--")));
        assertEquals(List.of(), OtherMarkings.of(bytes("")));
    }

    @Test
    void knowsDefinitions() {
        assertEquals(List.of(), OtherMarkings.of(bytes(DEFINITION)));
        assertEquals(Optional.of(ONE), OtherMarkings.defined(bytes(DEFINITION)));
        assertEquals(Optional.empty(), OtherMarkings.defined(marked(ONE)));
        assertEquals(Optional.empty(), OtherMarkings.defined(bytes("{\"x\":\"marking-definition\"")));
        assertEquals(Optional.empty(), OtherMarkings.defined(bytes("{\"id\":\"x\",\"x\":\"marking-definition\"}")));
    }

    @Test
    void putsWhatIsMarkedLastAndKeepsTheOrderOtherwise() {
        List<Offered> offered = List.of(
                new Offered(marked(ONE), "0"), new Offered(marked(), "1"), new Offered(marked(TWO), "2"), new Offered(bytes(DEFINITION), "3"));
        assertEquals(List.of("1", "3", "0", "2"), OtherMarkings.last(offered).stream().map(Offered::where).toList());
    }

    @Test
    void aWordForADefinitionStaysBeforeIt() {
        byte[] word = bytes("{\"type\":\"countersignature\",\"object_ref\":\"" + ONE + "\",\"object_marking_refs\":[\"" + Markings.id(Tlp.CLEAR) + "\"]}");
        List<Offered> offered = List.of(new Offered(marked(ONE), "0"), new Offered(word, "1"), new Offered(bytes(DEFINITION), "2"));
        assertEquals(List.of("1", "2", "0"), OtherMarkings.last(offered).stream().map(Offered::where).toList());
    }
}
