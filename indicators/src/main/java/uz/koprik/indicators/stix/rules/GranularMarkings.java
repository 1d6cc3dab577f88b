package uz.koprik.indicators.stix.rules;

import java.util.Optional;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;

/** Granular markings (STIX 2.1, section 7.2.3): what they say, and that what they select is there. */
final class GranularMarkings {

    private static final String SECTION = "STIX 2.1, 7.2.3";
    private static final String SYNTAX =
            "a selector is the name of a property, and then names and [positions] inside it, with dots between them";

    static final PropertyType TYPE = PropertyTypes.list(Shape.of(SECTION)
            .required("selectors", PropertyTypes.STRINGS)
            .optional("marking_ref", PropertyTypes.idOf("marking-definition"))
            .optional("lang", PropertyTypes.LANGUAGE)
            .rule(Rules.exactlyOne("marking_ref", "lang", SECTION))
            .build());

    private GranularMarkings() {}

    /** Every selector leads to something. */
    static void select(JsonObject object, ObjectCheck at) {
        if (!(object.get("granular_markings") instanceof JsonArray markings)) {
            return;
        }
        at.enter("granular_markings");
        for (int i = 0; i < markings.items().size(); i++) {
            if (markings.items().get(i) instanceof JsonObject marking
                    && marking.get("selectors") instanceof JsonArray selectors) {
                at.enter(i);
                at.enter("selectors");
                for (int s = 0; s < selectors.items().size(); s++) {
                    if (selectors.items().get(s) instanceof JsonString selector) {
                        at.enter(s);
                        select(object, selector.value(), at);
                        at.leave();
                    }
                }
                at.leave();
                at.leave();
            }
        }
        at.leave();
    }

    private static void select(JsonObject object, String text, ObjectCheck at) {
        Optional<Selector> selector = Selector.parse(text);
        if (selector.isEmpty()) {
            at.fault(SYNTAX, SECTION);
        } else if (selector.get().in(object).isEmpty()) {
            at.fault("the selector leads to nothing in this object", SECTION);
        }
    }
}
