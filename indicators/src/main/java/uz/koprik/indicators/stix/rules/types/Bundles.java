package uz.koprik.indicators.stix.rules.types;

import java.util.List;
import java.util.Map;
import uz.koprik.indicators.stix.rules.CommonProperties;
import uz.koprik.indicators.stix.rules.Identifiers;
import uz.koprik.indicators.stix.rules.PropertyTypes;
import uz.koprik.indicators.stix.rules.TypeRules;

/** The bundle (STIX 2.1, section 8) without its objects. */
final class Bundles {

    private static final CommonProperties FRAME = new CommonProperties(
            Map.of(
                    "type",
                    PropertyTypes.oneOf("STIX 2.1, 8", "bundle"),
                    "id",
                    PropertyTypes.idOf("bundle"),
                    "objects",
                    (value, at) -> {},
                    "spec_version",
                    PropertyTypes.oneOf("STIX 2.1, 8", "2.0", "2.1")),
            List.of("type", "id"),
            List.of(),
            List.of(Identifiers::random));

    static final TypeRules RULES = TypeRules.of("bundle", FRAME, "STIX 2.1, 8").build();

    private Bundles() {}
}
