package uz.koprik.indicators.stix.rules;

import uz.koprik.crypto.json.Json;
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

    private static void select(JsonObject object, String selector, ObjectCheck at) {
        Json here = object;
        String[] components = selector.split("\\.", -1);
        for (int i = 0; i < components.length; i++) {
            String component = components[i];
            int index = index(component);
            if (index >= 0 ? i == 0 : !PropertyTypes.isKey(component)) {
                at.fault(SYNTAX, SECTION);
                return;
            }
            here = index < 0 ? member(here, component) : item(here, index);
            if (here == null) {
                at.fault("the selector leads to nothing in this object", SECTION);
                return;
            }
        }
    }

    private static Json member(Json value, String name) {
        return value instanceof JsonObject object ? object.get(name) : null;
    }

    private static Json item(Json value, int index) {
        return value instanceof JsonArray array && index < array.items().size()
                ? array.items().get(index)
                : null;
    }

    /** The position in {@code [7]}, or -1 when it is no position. */
    private static int index(String component) {
        int end = component.length() - 1;
        if (end < 2 || end > 9 || component.charAt(0) != '[' || component.charAt(end) != ']') {
            return -1;
        }
        int index = 0;
        for (int i = 1; i < end; i++) {
            int digit = component.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            index = index * 10 + digit;
        }
        return index;
    }
}
