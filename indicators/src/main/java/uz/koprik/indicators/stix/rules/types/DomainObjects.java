package uz.koprik.indicators.stix.rules.types;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.IDS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.KILL_CHAIN_PHASES;
import static uz.koprik.indicators.stix.rules.PropertyTypes.NUMBER;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TIMESTAMP;
import static uz.koprik.indicators.stix.rules.PropertyTypes.advised;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idOf;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;
import static uz.koprik.indicators.stix.rules.PropertyTypes.number;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import java.util.List;
import uz.koprik.indicators.stix.rules.CommonProperties;
import uz.koprik.indicators.stix.rules.Languages;
import uz.koprik.indicators.stix.rules.Rules;
import uz.koprik.indicators.stix.rules.TypeRules;
import uz.koprik.indicators.stix.rules.Vocabularies;
import uz.koprik.indicators.stix.rules.Vocabulary;

/** STIX domain objects (STIX 2.1, section 4), in its order. */
final class DomainObjects {

    private static final String SECTION = "STIX 2.1, 4.";

    private static final TypeRules ATTACK_PATTERN = sdo("attack-pattern", 1)
            .required("name", STRING)
            .strings("description")
            .optional("aliases", STRINGS)
            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .build();

    private static final TypeRules CAMPAIGN = sdo("campaign", 2)
            .required("name", STRING)
            .strings("description", "objective")
            .optional("aliases", STRINGS)
            .timestamps("first_seen", "last_seen")
            .inOrder("first_seen", "last_seen")
            .build();

    private static final TypeRules COURSE_OF_ACTION = sdo("course-of-action", 3)
            .required("name", STRING)
            .strings("description")
            .build();

    private static final TypeRules GROUPING = sdo("grouping", 4)
            .required("context", Vocabularies.GROUPING_CONTEXT)
            .required("object_refs", IDS)
            .strings("name", "description")
            .build();

    private static final TypeRules IDENTITY = sdo("identity", 5)
            .required("name", STRING)
            .strings("description", "contact_information")
            .optional("identity_class", Vocabularies.IDENTITY_CLASS)
            .optional("roles", STRINGS)
            .optional("sectors", list(Vocabularies.INDUSTRY_SECTOR))
            .build();

    private static final TypeRules INCIDENT =
            sdo("incident", 6).required("name", STRING).strings("description").build();

    private static final TypeRules INDICATOR = sdo("indicator", 7)
            .required("pattern", STRING)
            .required("pattern_type", Vocabularies.PATTERN_TYPE)
            .required("valid_from", TIMESTAMP)
            .strings("name", "description", "pattern_version")
            .timestamps("valid_until")
            .optional("indicator_types", list(Vocabularies.INDICATOR_TYPE))
            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .strictlyInOrder("valid_from", "valid_until")
            .rule(IndicatorPatternRule::check)
            .advice(Rules.advised("name", "STIX 2.1, 4.7"))
            .advice(Rules.advised("description", "STIX 2.1, 4.7"))
            .build();

    private static final TypeRules INFRASTRUCTURE = sdo("infrastructure", 8)
            .required("name", STRING)
            .strings("description")
            .optional("infrastructure_types", list(Vocabularies.INFRASTRUCTURE_TYPE))
            .optional("aliases", STRINGS)
            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .timestamps("first_seen", "last_seen")
            .inOrder("first_seen", "last_seen")
            .build();

    private static final TypeRules INTRUSION_SET = sdo("intrusion-set", 9)
            .required("name", STRING)
            .strings("description")
            .optional("aliases", STRINGS)
            .optional("goals", STRINGS)
            .optional("resource_level", Vocabularies.ATTACK_RESOURCE_LEVEL)
            .optional("primary_motivation", Vocabularies.ATTACK_MOTIVATION)
            .optional("secondary_motivations", list(Vocabularies.ATTACK_MOTIVATION))
            .timestamps("first_seen", "last_seen")
            .inOrder("first_seen", "last_seen")
            .build();

    private static final TypeRules LOCATION = sdo("location", 10)
            .strings("name", "description", "administrative_area", "city", "street_address", "postal_code")
            .optional("latitude", number(-90, 90))
            .optional("longitude", number(-180, 180))
            .optional("precision", NUMBER)
            .optional("region", Vocabularies.REGION)
            .optional(
                    "country",
                    advised(Languages::isCountry, "should be a country of ISO 3166-1 in two letters", "STIX 2.1, 4.10"))
            .anyOf("region", "country", "latitude")
            .rule(Rules.needs("latitude", "longitude", "STIX 2.1, 4.10"))
            .rule(Rules.needs("longitude", "latitude", "STIX 2.1, 4.10"))
            .rule(Rules.needs("precision", "latitude", "STIX 2.1, 4.10"))
            .build();

    private static final TypeRules MALWARE = sdo("malware", 11)
            .required("is_family", BOOLEAN)
            .strings("name", "description")
            .optional("malware_types", list(Vocabularies.MALWARE_TYPE))
            .optional("aliases", STRINGS)
            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .optional("operating_system_refs", list(idOf("software")))
            .optional("architecture_execution_envs", list(Vocabularies.PROCESSOR_ARCHITECTURE))
            .optional("implementation_languages", list(Vocabularies.IMPLEMENTATION_LANGUAGE))
            .optional("capabilities", list(Vocabularies.MALWARE_CAPABILITIES))
            .optional("sample_refs", list(idOf("artifact", "file")))
            .timestamps("first_seen", "last_seen")
            .inOrder("first_seen", "last_seen")
            .rule(FamilyName::check)
            .build();

    private static final TypeRules MALWARE_ANALYSIS = sdo("malware-analysis", 12)
            .required(
                    "product",
                    advised(
                            Vocabulary::isWord,
                            "should be in lower case, with hyphens between words",
                            "STIX 2.1, 4.12"))
            .strings(
                    "version",
                    "configuration_version",
                    "analysis_engine_version",
                    "analysis_definition_version",
                    "result_name")
            .optional("result", Vocabularies.MALWARE_RESULT)
            .optional("modules", STRINGS)
            .timestamps("submitted", "analysis_started", "analysis_ended")
            .optional("host_vm_ref", idOf("software"))
            .optional("operating_system_ref", idOf("software"))
            .optional("installed_software_refs", list(idOf("software")))
            .optional("analysis_sco_refs", IDS)
            .optional("sample_ref", idOf("artifact", "file", "network-traffic"))
            .advice(Rules.advisedOrder("analysis_started", "analysis_ended", "STIX 2.1, 4.12"))
            .anyOf("result", "analysis_sco_refs")
            .build();

    private static final TypeRules NOTE = sdo("note", 13)
            .required("content", STRING)
            .required("object_refs", IDS)
            .strings("abstract")
            .optional("authors", STRINGS)
            .build();

    private static final TypeRules OBSERVED_DATA = sdo("observed-data", 14)
            .required("first_observed", TIMESTAMP)
            .required("last_observed", TIMESTAMP)
            .required("number_observed", integer(1, 999_999_999))
            .optional("objects", ObservedObjects::check)
            .optional("object_refs", list(ObservedObjects::reference))
            .inOrder("first_observed", "last_observed")
            .rule(Rules.exactlyOne("objects", "object_refs", "STIX 2.1, 4.14"))
            .rule(ObservedObjects::observed)
            .build();

    private static final TypeRules OPINION = sdo("opinion", 15)
            .required(
                    "opinion",
                    oneOf("STIX 2.1, 10.18", "strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"))
            .required("object_refs", IDS)
            .strings("explanation")
            .optional("authors", STRINGS)
            .build();

    private static final TypeRules REPORT = sdo("report", 16)
            .required("name", STRING)
            .required("published", TIMESTAMP)
            .required("object_refs", IDS)
            .strings("description")
            .optional("report_types", list(Vocabularies.REPORT_TYPE))
            .build();

    private static final TypeRules THREAT_ACTOR = sdo("threat-actor", 17)
            .required("name", STRING)
            .strings("description")
            .optional("aliases", STRINGS)
            .optional("goals", STRINGS)
            .optional("threat_actor_types", list(Vocabularies.THREAT_ACTOR_TYPE))
            .optional("roles", list(Vocabularies.THREAT_ACTOR_ROLE))
            .optional("sophistication", Vocabularies.THREAT_ACTOR_SOPHISTICATION)
            .optional("resource_level", Vocabularies.ATTACK_RESOURCE_LEVEL)
            .optional("primary_motivation", Vocabularies.ATTACK_MOTIVATION)
            .optional("secondary_motivations", list(Vocabularies.ATTACK_MOTIVATION))
            .optional("personal_motivations", list(Vocabularies.ATTACK_MOTIVATION))
            .timestamps("first_seen", "last_seen")
            .inOrder("first_seen", "last_seen")
            .build();

    private static final TypeRules TOOL = sdo("tool", 18)
            .required("name", STRING)
            .strings("description", "tool_version")
            .optional("tool_types", list(Vocabularies.TOOL_TYPE))
            .optional("aliases", STRINGS)
            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .build();

    private static final TypeRules VULNERABILITY = sdo("vulnerability", 19)
            .required("name", STRING)
            .strings("description")
            .build();

    static final List<TypeRules> ALL = List.of(
            ATTACK_PATTERN,
            CAMPAIGN,
            COURSE_OF_ACTION,
            GROUPING,
            IDENTITY,
            INCIDENT,
            INDICATOR,
            INFRASTRUCTURE,
            INTRUSION_SET,
            LOCATION,
            MALWARE,
            MALWARE_ANALYSIS,
            NOTE,
            OBSERVED_DATA,
            OPINION,
            REPORT,
            THREAT_ACTOR,
            TOOL,
            VULNERABILITY);

    private DomainObjects() {}

    private static TypeRules.Builder sdo(String type, int section) {
        return TypeRules.of(type, CommonProperties.VERSIONED, SECTION + section);
    }
}
