package uz.koprik.indicators.stix.rules;

import static uz.koprik.indicators.stix.rules.PropertyTypes.BOOLEAN;
import static uz.koprik.indicators.stix.rules.PropertyTypes.IDS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.KILL_CHAIN_PHASES;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRING;
import static uz.koprik.indicators.stix.rules.PropertyTypes.STRINGS;
import static uz.koprik.indicators.stix.rules.PropertyTypes.TIMESTAMP;
import static uz.koprik.indicators.stix.rules.PropertyTypes.idOf;
import static uz.koprik.indicators.stix.rules.PropertyTypes.integer;
import static uz.koprik.indicators.stix.rules.PropertyTypes.list;
import static uz.koprik.indicators.stix.rules.PropertyTypes.number;
import static uz.koprik.indicators.stix.rules.PropertyTypes.oneOf;

import java.util.List;

/** STIX domain objects (STIX 2.1, section 4), in its order. */
final class DomainObjects {

    private static final String SECTION = "STIX 2.1, 4.";

    private static final TypeRules ATTACK_PATTERN = sdo("attack-pattern", 1)
            .required("name", STRING).strings("description").optional("aliases", STRINGS)
            .optional("kill_chain_phases", KILL_CHAIN_PHASES).build();

    private static final TypeRules CAMPAIGN = sdo("campaign", 2)
            .required("name", STRING).strings("description", "objective").optional("aliases", STRINGS)
            .timestamps("first_seen", "last_seen").inOrder("first_seen", "last_seen").build();

    private static final TypeRules COURSE_OF_ACTION = sdo("course-of-action", 3)
            .required("name", STRING).strings("description").build();

    private static final TypeRules GROUPING = sdo("grouping", 4)
            .required("context", STRING).required("object_refs", IDS).strings("name", "description").build();

    private static final TypeRules IDENTITY = sdo("identity", 5)
            .required("name", STRING).strings("description", "identity_class", "contact_information")
            .optional("roles", STRINGS).optional("sectors", STRINGS).build();

    private static final TypeRules INCIDENT = sdo("incident", 6)
            .required("name", STRING).strings("description").build();

    private static final TypeRules INDICATOR = sdo("indicator", 7)
            .required("pattern", STRING).required("pattern_type", STRING).required("valid_from", TIMESTAMP)
            .strings("name", "description", "pattern_version").timestamps("valid_until")
            .optional("indicator_types", STRINGS).optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .strictlyInOrder("valid_from", "valid_until").rule(PatternRule::check).build();

    private static final TypeRules INFRASTRUCTURE = sdo("infrastructure", 8)
            .required("name", STRING).strings("description").optional("infrastructure_types", STRINGS)
            .optional("aliases", STRINGS).optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .timestamps("first_seen", "last_seen").inOrder("first_seen", "last_seen").build();

    private static final TypeRules INTRUSION_SET = sdo("intrusion-set", 9)
            .required("name", STRING).strings("description", "resource_level", "primary_motivation")
            .optional("aliases", STRINGS).optional("goals", STRINGS).optional("secondary_motivations", STRINGS)
            .timestamps("first_seen", "last_seen").inOrder("first_seen", "last_seen").build();

    private static final TypeRules LOCATION = sdo("location", 10)
            .strings("name", "description", "region", "country", "administrative_area", "city", "street_address", "postal_code")
            .optional("latitude", number(-90, 90)).optional("longitude", number(-180, 180))
            .optional("precision", number(0, Double.MAX_VALUE))
            .anyOf("region", "country", "latitude")
            .rule(Rules.needs("latitude", "longitude", "STIX 2.1, 4.10"))
            .rule(Rules.needs("longitude", "latitude", "STIX 2.1, 4.10"))
            .rule(Rules.needs("precision", "latitude", "STIX 2.1, 4.10")).build();

    private static final TypeRules MALWARE = sdo("malware", 11)
            .required("is_family", BOOLEAN).strings("name", "description")
            .optional("malware_types", STRINGS).optional("aliases", STRINGS).optional("kill_chain_phases", KILL_CHAIN_PHASES)
            .optional("operating_system_refs", list(idOf("software"))).optional("architecture_execution_envs", STRINGS)
            .optional("implementation_languages", STRINGS).optional("capabilities", STRINGS)
            .optional("sample_refs", list(idOf("artifact", "file")))
            .timestamps("first_seen", "last_seen").inOrder("first_seen", "last_seen")
            .rule(FamilyName::check).build();

    private static final TypeRules MALWARE_ANALYSIS = sdo("malware-analysis", 12)
            .required("product", STRING)
            .strings("version", "configuration_version", "analysis_engine_version", "analysis_definition_version",
                    "result_name", "result")
            .optional("modules", STRINGS).timestamps("submitted", "analysis_started", "analysis_ended")
            .optional("host_vm_ref", idOf("software")).optional("operating_system_ref", idOf("software"))
            .optional("installed_software_refs", list(idOf("software"))).optional("analysis_sco_refs", IDS)
            .optional("sample_ref", idOf("artifact", "file", "network-traffic"))
            .inOrder("analysis_started", "analysis_ended").anyOf("result", "analysis_sco_refs").build();

    private static final TypeRules NOTE = sdo("note", 13)
            .required("content", STRING).required("object_refs", IDS).strings("abstract").optional("authors", STRINGS).build();

    private static final TypeRules OBSERVED_DATA = sdo("observed-data", 14)
            .required("first_observed", TIMESTAMP).required("last_observed", TIMESTAMP)
            .required("number_observed", integer(1, 999_999_999))
            .optional("objects", ObservedObjects::check).optional("object_refs", list(ObservedObjects::reference))
            .inOrder("first_observed", "last_observed").rule(ObservedObjects::oneOfBoth).build();

    private static final TypeRules OPINION = sdo("opinion", 15)
            .required("opinion", oneOf("STIX 2.1, 10.18", "strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"))
            .required("object_refs", IDS).strings("explanation").optional("authors", STRINGS).build();

    private static final TypeRules REPORT = sdo("report", 16)
            .required("name", STRING).required("published", TIMESTAMP).required("object_refs", IDS)
            .strings("description").optional("report_types", STRINGS).build();

    private static final TypeRules THREAT_ACTOR = sdo("threat-actor", 17)
            .required("name", STRING).strings("description", "sophistication", "resource_level", "primary_motivation")
            .optional("threat_actor_types", STRINGS).optional("aliases", STRINGS).optional("roles", STRINGS)
            .optional("goals", STRINGS).optional("secondary_motivations", STRINGS).optional("personal_motivations", STRINGS)
            .timestamps("first_seen", "last_seen").inOrder("first_seen", "last_seen").build();

    private static final TypeRules TOOL = sdo("tool", 18)
            .required("name", STRING).strings("description", "tool_version").optional("tool_types", STRINGS)
            .optional("aliases", STRINGS).optional("kill_chain_phases", KILL_CHAIN_PHASES).build();

    private static final TypeRules VULNERABILITY = sdo("vulnerability", 19)
            .required("name", STRING).strings("description").build();

    static final List<TypeRules> ALL = List.of(ATTACK_PATTERN, CAMPAIGN, COURSE_OF_ACTION, GROUPING, IDENTITY, INCIDENT,
            INDICATOR, INFRASTRUCTURE, INTRUSION_SET, LOCATION, MALWARE, MALWARE_ANALYSIS, NOTE, OBSERVED_DATA, OPINION,
            REPORT, THREAT_ACTOR, TOOL, VULNERABILITY);

    private DomainObjects() {}

    private static TypeRules.Builder sdo(String type, int section) {
        return TypeRules.of(type, CommonProperties.VERSIONED, SECTION + section);
    }
}
