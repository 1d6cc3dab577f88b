package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idExcept;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idOf;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;
import static uz.koprik.indicators.stix.rules.PropertyTypes.text;

import java.util.List;
import uz.koprik.indicators.stix.rules.CommonProperties;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.rules.TypeRules;

/** STIX relationship objects (STIX 2.1, section 5). */
final class Relationships {

    private static final String[] NOT_LINKED = {
        "relationship", "sighting", "bundle", "marking-definition", "language-content"
    };

    private static final TypeRules RELATIONSHIP = TypeRules.of(
                    "relationship", CommonProperties.VERSIONED, "STIX 2.1, 5.1")
            .required(
                    "relationship_type",
                    text(
                            Relationships::isRelationshipType,
                            "a relationship type is of a-z, 0-9 and hyphens",
                            "STIX 2.1, 5.1"))
            .required("source_ref", idExcept("STIX 2.1, 5.1", NOT_LINKED))
            .required("target_ref", idExcept("STIX 2.1, 5.1", NOT_LINKED))
            .strings("description")
            .timestamps("start_time", "stop_time")
            .strictlyInOrder("start_time", "stop_time", ForgivableRule.EQUAL_TIMES)
            .advice(SuggestedRelationships::check)
            .build();

    private static final TypeRules SIGHTING = TypeRules.of("sighting", CommonProperties.VERSIONED, "STIX 2.1, 5.2")
            .required("sighting_of_ref", idExcept("STIX 2.1, 5.2", NOT_LINKED))
            .strings("description")
            .timestamps("first_seen", "last_seen")
            .inOrder("first_seen", "last_seen")
            .optional("count", integer(0, 999_999_999))
            .optional("summary", BOOLEAN)
            .optional("observed_data_refs", list(idOf("observed-data")))
            .optional("where_sighted_refs", list(idOf("identity", "location")))
            .build();

    static final List<TypeRules> ALL = List.of(RELATIONSHIP, SIGHTING);

    private Relationships() {}

    private static boolean isRelationshipType(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '-' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return !s.isEmpty();
    }
}
