package uz.koprik.gateway.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.agreements.AgreementDraft;
import uz.koprik.gateway.agreements.AgreementExchange;
import uz.koprik.gateway.agreements.AgreementState;
import uz.koprik.gateway.agreements.AgreementVersion;
import uz.koprik.gateway.agreements.PartnerAgreements;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.AgreementBasis;
import uz.koprik.indicators.stix.AgreementNotice;
import uz.koprik.indicators.stix.SharingAgreement;

/** Agreements as the API shows them. */
final class AgreementView {

    /** All kinds of observables that article 3 can name, and which are personal. */
    static final JsonArray KINDS = new JsonArray(Arrays.stream(ObservableKind.values())
            .<Json>map(kind -> JsonObject.builder()
                    .put("kind", kind.code())
                    .put("personal", kind.personal())
                    .build())
            .toList());

    private final Instant now;
    private final String self;
    private final Set<String> known;

    /**
     * @param self identity of this centre
     * @param known identities of the centres whose signatures this centre can verify
     */
    AgreementView(Instant now, String self, Set<String> known) {
        this.now = now;
        this.self = self;
        this.known = Set.copyOf(known);
    }

    /** Orders views of one agreement: the lower one is with a partner with which more holds. */
    static int rank(JsonObject agreement) {
        Set<String> states = agreement.items("versions").stream()
                .map(JsonObject.class::cast)
                .flatMap(version -> version.string("state").stream())
                .collect(Collectors.toSet());
        return states.contains(AgreementState.IN_FORCE.word())
                ? 0
                : states.contains(AgreementState.AGREED.word()) ? 1 : 2;
    }

    /** All agreements with a partner, each with its versions, the newest first; the schema {@code SignedAgreement}. */
    List<Json> agreements(TrustedCentre partner, PartnerAgreements all) {
        Map<String, List<Json>> versions = new LinkedHashMap<>();
        for (AgreementVersion version : all.versions().reversed()) {
            versions.computeIfAbsent(version.text().id(), id -> new ArrayList<>())
                    .add(version(version, all));
        }
        return versions.entrySet().stream()
                .<Json>map(entry -> JsonObject.builder()
                        .put("id", entry.getKey())
                        .put("partner", partner.name())
                        .put("title", partner.title())
                        .put("versions", new JsonArray(entry.getValue()))
                        .build())
                .toList();
    }

    private JsonObject version(AgreementVersion version, PartnerAgreements all) {
        AgreementState state = all.state(version, now);
        boolean ours = version.text().proposer().equals(self);
        JsonObject.Builder json = JsonObject.builder()
                .put("sha256", version.digest())
                .put("state", state.word())
                .put("proposed_here", ours)
                .put("first_seen", version.firstSeen().toString())
                .put(
                        "waits_for",
                        state == AgreementState.PROPOSED
                                ? (ours || version.answer(self).isPresent() ? "partner" : "us")
                                : "nobody")
                .put("text", version.text().json())
                .put(
                        "notices",
                        new JsonArray(version.notices().stream()
                                .<Json>map(notice -> notice(notice, version))
                                .toList()));
        if (version.text().group()) {
            json.put(
                    "signatures",
                    new JsonArray(version.text().parties().stream()
                            .<Json>map(party -> signature(party, version, all))
                            .toList()));
        }
        all.terminated(version).ifPresent(at -> json.put("terminated", at.toString()));
        version.unproven().ifPresent(unproven -> json.put("unproven", unproven.why())
                .put("unproven_code", Refusal.Code.of(unproven.reason()).word()));
        return json.build();
    }

    /** How a party of a group stands to a version. */
    private JsonObject signature(SharingAgreement.Party party, AgreementVersion version, PartnerAgreements all) {
        Optional<AgreementNotice> answer = version.answer(party.identity());
        boolean proposes = party.identity().equals(version.text().proposer());
        String word;
        if (answer.isPresent()) {
            word = switch (answer.get().act()) {
                case ACCEPT -> "signed";
                case DECLINE -> "declined";
                case WITHDRAW, TERMINATE -> "withdrawn";
            };
        } else if (proposes) {
            word = "signed";
        } else {
            boolean verifiable = party.identity().equals(self) || known.contains(party.identity());
            word = verifiable ? "missing" : "unverified";
        }
        JsonObject.Builder json = JsonObject.builder()
                .put("party", party.name())
                .put("title", party.title())
                .put("us", party.identity().equals(self))
                .put("state", word);
        answer.map(AgreementNotice::created)
                .or(() -> proposes ? Optional.of(version.text().modified()) : Optional.empty())
                .ifPresent(at -> json.put("at", at.toString()));
        all.terminated(version, party.identity()).ifPresent(at -> json.put("leaves", at.toString()));
        return json.build();
    }

    private static JsonObject notice(AgreementNotice notice, AgreementVersion version) {
        JsonObject.Builder json = JsonObject.builder()
                .put("act", notice.act().word())
                .put(
                        "by",
                        version.text().parties().stream()
                                .filter(party -> party.identity().equals(notice.party()))
                                .findFirst()
                                .orElseThrow()
                                .name())
                .put("at", notice.created().toString());
        notice.effective().ifPresent(at -> json.put("effective", at.toString()));
        if (!notice.reason().isEmpty()) {
            json.put("reason", notice.reason());
        }
        return json.build();
    }

    /** What holds with a partner now; the schema {@code PartnerTerms}. */
    JsonObject terms(TrustedCentre partner, Agreement terms, PartnerAgreements all, AgreementExchange.Delivery sent) {
        JsonObject.Builder json = JsonObject.builder()
                .put("partner", partner.name())
                .put("title", partner.title())
                .put("basis", terms.basis().word());
        if (terms.basis() instanceof AgreementBasis.Nothing nothing) {
            json.put("why", nothing.why());
            if (nothing.article() > 0) {
                json.put("article", nothing.article());
            }
        } else {
            json.put("max_tlp", terms.maxTlp().label());
            terms.validUntil().ifPresent(at -> json.put("until", at.toString()));
        }
        if (terms.basis() instanceof AgreementBasis.Signed signed) {
            json.put("agreement", signed.id());
        }
        json.put("waiting", all.toAnswer(now).size());
        JsonObject.Builder delivery = JsonObject.builder().put("delivered", sent.delivered());
        sent.success().ifPresent(at -> delivery.put("last_success", at.toString()));
        sent.trouble().ifPresent(trouble -> trouble.write(delivery, "trouble"));
        delivery.put(
                "refused",
                new JsonArray(sent.refused().stream()
                        .<Json>map(one -> JsonObject.builder()
                                .put("id", one.id())
                                .put("pointer", one.pointer())
                                .put("reason", one.reason())
                                .put("code", one.why().code())
                                .put("details", one.why().detailsJson())
                                .build())
                        .toList()));
        return json.put("delivery", delivery.build()).build();
    }

    /** A draft and what to complete in it; the schema {@code AgreementDraft}. */
    static JsonObject draft(String partner, AgreementDraft draft) {
        JsonObject.Builder kinds = JsonObject.builder();
        new TreeMap<>(draft.kinds()).forEach((kind, yes) -> kinds.put(kind, yes));
        JsonObject.Builder json = JsonObject.builder()
                .put("partner", partner)
                .putStrings("purposes", draft.purposes())
                .put("purpose_on_use", draft.purposeOnUse())
                .put("kinds", kinds.build())
                .put("max_tlp", draft.maxTlp().label())
                .put("relay", draft.relay())
                .put("retention_days", draft.retentionDays());
        draft.validFrom().ifPresent(at -> json.put("valid_from", at.toString()));
        draft.validUntil().ifPresent(at -> json.put("valid_until", at.toString()));
        return json.put("notice_days", draft.noticeDays())
                .put("legal_basis", draft.legalBasis())
                .put("reference", draft.reference())
                .putStrings("own_contacts", draft.ownContacts())
                .putStrings("partner_contacts", draft.partnerContacts())
                .build();
    }
}
