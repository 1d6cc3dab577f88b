package uz.koprik.indicators.stix.rules.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.json.JsonObject;

class TextEverywhereTest {

    @Test
    void eachTypeIsThereValidAndHoldsTheText() throws Exception {
        TextEverywhere everywhere = new TextEverywhere(place -> "<b>" + place + "</b>");
        assertEquals(42, everywhere.objects().size());
        for (JsonObject object : everywhere.objects()) {
            assertEquals(List.of(), Rulebook.check(object).faults(), object::toString);
        }
        assertTrue(everywhere.places() > 150, "places: " + everywhere.places());
    }
}
