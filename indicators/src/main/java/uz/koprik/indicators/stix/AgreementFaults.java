package uz.koprik.indicators.stix;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonPointer;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.indicators.stix.rules.AgreementRule;
import uz.koprik.indicators.stix.rules.Fault;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.stix.values.StixTimestamp;
import uz.koprik.indicators.wording.Sentence;

/** Reads the members of a signed piece, such as an agreement or a recall, and collects what is wrong with them. */
final class AgreementFaults {

    private static final String CONTACT = "(mailto:|tel:|https://)[\\x21-\\x7E]{1,250}";
    private static final int MOST_CONTACTS = 8;

    private final JsonObject json;
    private final String id;
    private final String subject;
    private final List<Fault> faults = new ArrayList<>();

    AgreementFaults(JsonObject json) {
        this(json, "agreement");
    }

    /** @param subject what the piece belongs to, such as {@code recall} */
    AgreementFaults(JsonObject json, String subject) {
        this.subject = subject;
        this.json = json;
        this.id = json.string("id").filter(StixId::isId).orElse("");
    }

    void demand(boolean holds, String pointer, String rule) {
        if (!holds) {
            faults.add(new Fault(id, pointer, rule, "Koprik " + subject + "s"));
        }
    }

    void demand(boolean holds, String pointer, Sentence rule) {
        demand(holds, pointer, rule.text());
    }

    /** @throws InvalidObject when anything was wrong */
    void end() throws InvalidObject {
        if (!faults.isEmpty()) {
            throw new InvalidObject(faults);
        }
    }

    /** Nobody signs what this version does not show. */
    void onlyMembers(Set<String> known) {
        for (String name : json.names()) {
            demand(
                    known.contains(name),
                    "/" + JsonPointer.token(name),
                    "there is no such member of " + (subject.startsWith("a") ? "an " : "a ") + subject);
        }
    }

    Instant time(String name) {
        long micros = json.string(name).map(StixTimestamp::parse).orElse(StixTimestamp.INVALID);
        demand(micros != StixTimestamp.INVALID, "/" + name, AgreementRule.TIMESTAMP.of());
        return micros == StixTimestamp.INVALID ? Instant.EPOCH : StixTimestamp.instant(micros);
    }

    int number(String name, int least, int most) {
        if (json.get(name) instanceof JsonNumber number
                && number.integer()
                && number.longValue() >= least
                && number.longValue() <= most) {
            return (int) number.longValue();
        }
        demand(false, "/" + name, AgreementRule.WHOLE_NUMBER.of(least, most));
        return least;
    }

    String text(JsonObject of, String name, String pointer, int least, int most) {
        String text = of.string(name).orElse("");
        boolean good = (of.has(name) ? of.get(name) instanceof JsonString : least == 0)
                && text.strip().length() >= least
                && text.length() <= most
                && text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n');
        demand(good, pointer, least == 0 ? AgreementRule.TEXT_OR_NONE.of(most) : AgreementRule.TEXT.of(least, most));
        return text;
    }

    List<String> texts(String name, int least, int most, int length) {
        List<Json> items = json.items(name);
        demand(items.size() >= least && items.size() <= most, "/" + name, AgreementRule.TEXTS.of(least, most));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.size() && i < most; i++) {
            String text = items.get(i) instanceof JsonString string ? string.value() : "";
            demand(
                    !text.isBlank() && text.length() <= length && text.chars().noneMatch(Character::isISOControl),
                    "/" + name + "/" + i,
                    AgreementRule.LINE.of(length));
            texts.add(text);
        }
        return texts;
    }

    List<SharingAgreement.Party> parties() {
        List<SharingAgreement.Party> parties = new ArrayList<>();
        Set<String> identities = new HashSet<>();
        List<Json> items = json.items("parties");
        demand(
                items.size() >= 2 && items.size() <= SharingAgreement.MOST_PARTIES,
                "/parties",
                AgreementRule.PARTIES.of(SharingAgreement.MOST_PARTIES));
        for (int i = 0; i < items.size() && i < SharingAgreement.MOST_PARTIES; i++) {
            String at = "/parties/" + i;
            if (!(items.get(i) instanceof JsonObject party)) {
                demand(false, at, "an object is required");
                continue;
            }
            String identity = party.string("identity_ref").orElse("");
            demand(
                    StixId.isId(identity) && StixId.hasType(identity, "identity"),
                    at + "/identity_ref",
                    "the id of an identity is required");
            demand(identities.add(identity), at + "/identity_ref", AgreementRule.DIFFERENT_PARTIES.of());
            String name = text(party, "name", at + "/name", 1, 63);
            for (String member : party.names()) {
                demand(
                        Set.of("identity_ref", "name", "title", "contacts").contains(member),
                        at + "/" + JsonPointer.token(member),
                        "there is no such member of a party");
            }
            parties.add(new SharingAgreement.Party(
                    identity, name, text(party, "title", at + "/title", 1, 200), contacts(party, at + "/contacts")));
        }
        return parties;
    }

    private List<String> contacts(JsonObject party, String at) {
        List<Json> items = party.items("contacts");
        demand(!items.isEmpty() && items.size() <= MOST_CONTACTS, at, AgreementRule.CONTACTS.of(MOST_CONTACTS));
        List<String> contacts = new ArrayList<>();
        for (int i = 0; i < items.size() && i < MOST_CONTACTS; i++) {
            String uri = items.get(i) instanceof JsonString string ? string.value() : "";
            demand(uri.matches(CONTACT), at + "/" + i, AgreementRule.CONTACT.of());
            contacts.add(uri);
        }
        return contacts;
    }
}
