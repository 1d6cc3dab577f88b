package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TIMESTAMP;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.rules.ObservableReference;
import uz.koprik.indicators.stix.rules.PropertyType;
import uz.koprik.indicators.stix.rules.Rules;
import uz.koprik.indicators.stix.rules.Shape;

/** Structured values inside observables that are no extensions (STIX 2.1, sections 6.6, 6.12, 6.17 and 6.18). */
final class ObservableParts {

    static final PropertyType MIME_PART = Shape.of("STIX 2.1, 6.6.2")
            .all(STRING, "body", "content_type", "content_disposition")
            .optional("body_raw_ref", ObservableReference.to("artifact", "file"))
            .rule(Rules.exactlyOne("body", "body_raw_ref", "STIX 2.1, 6.6.2"))
            .build();

    static final PropertyType REGISTRY_VALUE = Shape.of("STIX 2.1, 6.17.2")
            .all(STRING, "name", "data")
            .optional(
                    "data_type",
                    oneOf(
                            "STIX 2.1, 10.29",
                            "REG_NONE",
                            "REG_SZ",
                            "REG_EXPAND_SZ",
                            "REG_BINARY",
                            "REG_DWORD",
                            "REG_DWORD_BIG_ENDIAN",
                            "REG_DWORD_LITTLE_ENDIAN",
                            "REG_LINK",
                            "REG_MULTI_SZ",
                            "REG_RESOURCE_LIST",
                            "REG_FULL_RESOURCE_DESCRIPTION",
                            "REG_RESOURCE_REQUIREMENTS_LIST",
                            "REG_QWORD",
                            "REG_INVALID_TYPE"))
            .atLeastOne()
            .build();

    static final PropertyType X509_V3_EXTENSIONS = Shape.of("STIX 2.1, 6.18.2")
            .all(
                    STRING,
                    "basic_constraints",
                    "name_constraints",
                    "policy_constraints",
                    "key_usage",
                    "extended_key_usage",
                    "subject_key_identifier",
                    "authority_key_identifier",
                    "subject_alternative_name",
                    "issuer_alternative_name",
                    "subject_directory_attributes",
                    "crl_distribution_points",
                    "inhibit_any_policy",
                    "certificate_policies",
                    "policy_mappings")
            .all(TIMESTAMP, "private_key_usage_period_not_before", "private_key_usage_period_not_after")
            .atLeastOne()
            .build();

    private ObservableParts() {}

    /** One value of a header field, or all of them. */
    static void headerField(Json value, ObjectCheck at) {
        (value instanceof JsonArray ? STRINGS : STRING).check(value, at);
    }

    static void textOrInteger(Json value, ObjectCheck at) {
        if (!(value instanceof JsonString) && !(value instanceof JsonNumber)) {
            at.fault("a string or an integer is expected, not a value of kind " + value.kind(), "STIX 2.1, 6.12");
        }
    }
}
