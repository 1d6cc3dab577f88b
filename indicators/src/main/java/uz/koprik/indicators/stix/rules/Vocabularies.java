package uz.koprik.indicators.stix.rules;

/** The open vocabularies of STIX 2.1, in the order of section 10. The closed ones stand beside their only use. */
public final class Vocabularies {

    public static final Vocabulary ACCOUNT_TYPE = new Vocabulary(
            "STIX 2.1, 10.1",
            """
            facebook ldap nis openid radius skype tacacs twitter unix windows-local windows-domain""");
    public static final Vocabulary ATTACK_MOTIVATION = new Vocabulary(
            "STIX 2.1, 10.2",
            """
            accidental coercion dominance ideology notoriety organizational-gain personal-gain personal-satisfaction
            revenge unpredictable""");
    public static final Vocabulary ATTACK_RESOURCE_LEVEL =
            new Vocabulary("STIX 2.1, 10.3", """
            individual club contest team organization government""");
    public static final Vocabulary GROUPING_CONTEXT =
            new Vocabulary("STIX 2.1, 10.6", """
            suspicious-activity malware-analysis unspecified""");
    public static final Vocabulary IDENTITY_CLASS =
            new Vocabulary("STIX 2.1, 10.8", """
            individual group system organization class unknown""");
    public static final Vocabulary IMPLEMENTATION_LANGUAGE = new Vocabulary(
            "STIX 2.1, 10.9",
            """
            applescript bash c c++ c# go java javascript lua objective-c perl php powershell python ruby scala swift
            typescript visual-basic x86-32 x86-64""");
    public static final Vocabulary INDICATOR_TYPE = new Vocabulary(
            "STIX 2.1, 10.10",
            """
            anomalous-activity anonymization attribution benign compromised malicious-activity unknown""");
    public static final Vocabulary INDUSTRY_SECTOR = new Vocabulary(
            "STIX 2.1, 10.11",
            """
            agriculture aerospace automotive chemical commercial communications construction dams defense education
            emergency-services energy entertainment financial-services government government-local government-national
            government-public-services government-regional healthcare hospitality-leisure infrastructure insurance
            manufacturing mining non-profit nuclear pharmaceuticals retail technology telecommunications transportation
            utilities water""");
    public static final Vocabulary INFRASTRUCTURE_TYPE = new Vocabulary(
            "STIX 2.1, 10.12",
            """
            amplification anonymization botnet command-and-control control-system exfiltration firewall hosting-malware
            hosting-target-lists phishing reconnaissance routers-switches staging unknown workstation""");
    public static final Vocabulary MALWARE_RESULT =
            new Vocabulary("STIX 2.1, 10.13", """
            malicious suspicious benign unknown""");
    public static final Vocabulary MALWARE_CAPABILITIES = new Vocabulary(
            "STIX 2.1, 10.14",
            """
            accesses-remote-machines anti-debugging anti-disassembly anti-emulation anti-memory-forensics anti-sandbox
            anti-vm captures-input-peripherals captures-output-peripherals captures-system-state-data
            cleans-traces-of-infection commits-fraud communicates-with-c2 compromises-data-availability
            compromises-data-integrity compromises-system-availability controls-local-machine degrades-security-software
            degrades-system-updates determines-c2-server emails-spam escalates-privileges evades-av exfiltrates-data
            fingerprints-host hides-artifacts hides-executing-code infects-files infects-remote-machines
            installs-other-components persists-after-system-reboot prevents-artifact-access prevents-artifact-deletion
            probes-network-environment self-modifies steals-authentication-credentials
            violates-system-operational-integrity""");
    public static final Vocabulary MALWARE_TYPE = new Vocabulary(
            "STIX 2.1, 10.15",
            """
            adware backdoor bot bootkit ddos downloader dropper exploit-kit keylogger ransomware remote-access-trojan
            resource-exploitation rogue-security-software rootkit screen-capture spyware trojan unknown virus webshell
            wiper worm""");
    public static final Vocabulary PATTERN_TYPE =
            new Vocabulary("STIX 2.1, 10.19", """
            pcre sigma snort stix suricata yara""");
    public static final Vocabulary PROCESSOR_ARCHITECTURE =
            new Vocabulary("STIX 2.1, 10.20", """
            alpha arm ia-64 mips powerpc sparc x86 x86-64""");
    public static final Vocabulary REGION = new Vocabulary(
            "STIX 2.1, 10.21",
            """
            africa eastern-africa middle-africa northern-africa southern-africa western-africa americas caribbean
            central-america latin-america-caribbean northern-america south-america asia central-asia eastern-asia
            southern-asia south-eastern-asia western-asia europe eastern-europe northern-europe southern-europe
            western-europe oceania antarctica australia-new-zealand melanesia micronesia polynesia""");
    public static final Vocabulary REPORT_TYPE = new Vocabulary(
            "STIX 2.1, 10.22",
            """
            attack-pattern campaign identity indicator intrusion-set malware observed-data threat-actor threat-report
            tool vulnerability""");
    public static final Vocabulary THREAT_ACTOR_TYPE = new Vocabulary(
            "STIX 2.1, 10.23",
            """
            activist competitor crime-syndicate criminal hacker insider-accidental insider-disgruntled nation-state
            sensationalist spy terrorist unknown""");
    public static final Vocabulary THREAT_ACTOR_ROLE = new Vocabulary(
            "STIX 2.1, 10.24",
            """
            agent director independent infrastructure-architect infrastructure-operator malware-author sponsor""");
    public static final Vocabulary THREAT_ACTOR_SOPHISTICATION = new Vocabulary(
            "STIX 2.1, 10.25", """
            none minimal intermediate advanced expert innovator strategic""");
    public static final Vocabulary TOOL_TYPE = new Vocabulary(
            "STIX 2.1, 10.26",
            """
            denial-of-service exploitation information-gathering network-capture credential-exploitation remote-access
            vulnerability-scanning unknown""");
    public static final Vocabulary WINDOWS_PEBINARY_TYPE = new Vocabulary("STIX 2.1, 10.28", "dll exe sys");

    private Vocabularies() {}
}
