package uz.koprik.indicators.stix.rules.types;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.stix.rules.ObjectCheck;
import uz.koprik.indicators.stix.values.StixId;

/** The relationships that STIX 2.1 suggests (appendix B). Others are permitted: they are worth a warning, no more. */
final class SuggestedRelationships {

    /** Source, type of relationship, targets; a line each. {@code SCO} stands for every observable. */
    private static final String TABLE =
            """
            attack-pattern    delivers            malware
            attack-pattern    targets             identity location vulnerability
            attack-pattern    uses                malware tool
            campaign          attributed-to       intrusion-set threat-actor
            campaign          compromises         infrastructure
            campaign          originates-from     location
            campaign          targets             identity location vulnerability
            campaign          uses                attack-pattern infrastructure malware tool
            course-of-action  investigates        indicator
            course-of-action  mitigates           attack-pattern indicator malware tool vulnerability
            course-of-action  remediates          malware vulnerability
            domain-name       resolves-to         domain-name ipv4-addr ipv6-addr
            identity          located-at          location
            indicator         based-on            observed-data
            indicator         indicates           attack-pattern campaign infrastructure intrusion-set malware threat-actor tool
            infrastructure    communicates-with   infrastructure ipv4-addr ipv6-addr domain-name url
            infrastructure    consists-of         infrastructure observed-data SCO
            infrastructure    controls            infrastructure malware
            infrastructure    delivers            malware
            infrastructure    has                 vulnerability
            infrastructure    hosts               tool malware
            infrastructure    located-at          location
            infrastructure    uses                infrastructure
            intrusion-set     attributed-to       threat-actor
            intrusion-set     compromises         infrastructure
            intrusion-set     hosts               infrastructure
            intrusion-set     originates-from     location
            intrusion-set     owns                infrastructure
            intrusion-set     targets             identity location vulnerability
            intrusion-set     uses                attack-pattern infrastructure malware tool
            ipv4-addr         belongs-to          autonomous-system
            ipv4-addr         resolves-to         mac-addr
            ipv6-addr         belongs-to          autonomous-system
            ipv6-addr         resolves-to         mac-addr
            malware           authored-by         threat-actor intrusion-set
            malware           beacons-to          infrastructure
            malware           communicates-with   ipv4-addr ipv6-addr domain-name url
            malware           controls            malware
            malware           downloads           malware tool file
            malware           drops               malware tool file
            malware           exfiltrates-to      infrastructure
            malware           exploits            vulnerability
            malware           originates-from     location
            malware           targets             identity infrastructure location vulnerability
            malware           uses                attack-pattern infrastructure malware tool
            malware           variant-of          malware
            malware-analysis  analysis-of         malware
            malware-analysis  characterizes       malware
            malware-analysis  dynamic-analysis-of malware
            malware-analysis  static-analysis-of  malware
            threat-actor      attributed-to       identity
            threat-actor      compromises         infrastructure
            threat-actor      hosts               infrastructure
            threat-actor      impersonates        identity
            threat-actor      located-at          location
            threat-actor      owns                infrastructure
            threat-actor      targets             identity location vulnerability
            threat-actor      uses                attack-pattern infrastructure malware tool
            tool              delivers            malware
            tool              drops               malware
            tool              has                 vulnerability
            tool              targets             identity infrastructure location vulnerability
            tool              uses                infrastructure
            """;

    private static final Set<String> COMMON = Set.of("derived-from", "duplicate-of", "related-to");
    private static final Map<String, Set<String>> TARGETS = targets();

    private SuggestedRelationships() {}

    static void check(JsonObject relationship, ObjectCheck at) {
        String source = ObjectCheck.string(relationship, "source_ref");
        String target = ObjectCheck.string(relationship, "target_ref");
        String type = ObjectCheck.string(relationship, "relationship_type");
        if (source == null
                || target == null
                || type == null
                || !StixId.isId(source)
                || !StixId.isId(target)
                || COMMON.contains(type)) {
            return;
        }
        Set<String> suggested = TARGETS.get(StixId.typeOf(source) + ' ' + type);
        if (suggested == null) {
            at.advise(
                    "relationship_type",
                    "no relationship of this type is suggested from an object of this type",
                    "STIX 2.1, B");
        } else if (!suggested.contains(StixId.typeOf(target))
                && !(suggested.contains("SCO") && Rulebook.isObservable(target))) {
            at.advise(
                    "target_ref",
                    "no object of this type is suggested as the target of this relationship",
                    "STIX 2.1, B");
        }
    }

    private static Map<String, Set<String>> targets() {
        Map<String, Set<String>> all = new HashMap<>();
        TABLE.lines()
                .map(line -> line.split("\\s+"))
                .forEach(words -> all.put(
                        words[0] + ' ' + words[1],
                        new HashSet<>(Arrays.asList(words).subList(2, words.length))));
        return all;
    }
}
