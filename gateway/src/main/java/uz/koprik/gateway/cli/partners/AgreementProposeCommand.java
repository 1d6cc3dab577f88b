package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.indicators.observable.ObservableKind;

/** Signs a proposal and sends it to the partner. */
@Command(
        name = "propose",
        description = {
            "Signs an agreement, or the next version of one, and proposes it to a partner, who must sign it as well.",
            "The partner receives it by itself, as soon as it is reached."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:proposed",
            "1:the proposal is incomplete or breaks a rule, or there is one already, or not allowed",
            "2:the command line is wrong",
            "3:no centre answers",
            "4:a file cannot be read"
        })
final class AgreementProposeCommand extends ClientCommand {

    private static final String TECHNICAL = "technical";

    @Parameters(paramLabel = "PARTNER", description = "The partner, such as budapest.")
    String partner;

    @Option(
            names = "--with",
            paramLabel = "PARTNER",
            description =
                    "A further party, all of which must sign; may be repeated. With --change, the parties stay the same.")
    List<String> with;

    @Option(
            names = "--with-contact",
            paramLabel = "PARTNER=URI",
            description =
                    "Article 10: contact point of a further party; those on its card when absent. May be repeated.")
    List<String> withContacts;

    @Option(
            names = "--change",
            paramLabel = "ID",
            description = "Propose the next version of this agreement; what no option says stays as it is.")
    String change;

    @Option(
            names = "--from-settings",
            description =
                    "Begin with the section of partners.yaml; without the options that are missing, shows the draft.")
    boolean fromSettings;

    @Option(names = "--file", paramLabel = "FILE", description = "A completed draft (JSON), as this command shows one.")
    Path file;

    @Option(names = "--purpose", paramLabel = "TEXT", description = "Article 2: a purpose; may be repeated.")
    List<String> purposes;

    @Option(
            names = "--purpose-on-use",
            negatable = true,
            description =
                    "Article 2: whether members who look up personal values of the other name a purpose and a case first.")
    Boolean purposeOnUse;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND",
            description =
                    "Article 3: kinds of observables. technical: all that are not personal, and is the default. Personal kinds"
                            + " only by name: technical,iban,phone.")
    List<String> kinds;

    @Option(names = "--max-tlp", description = "Article 4: clear, green, amber or amber+strict.")
    String maxTlp;

    @Option(
            names = "--relay",
            negatable = true,
            description = "Article 5: whether what one gives, the other may give to third parties.")
    Boolean relay;

    @Option(names = "--retention-days", paramLabel = "DAYS", description = "Article 6: how long it may be kept.")
    Integer retentionDays;

    @Option(names = "--valid-from", paramLabel = "TIME", description = "Article 7: the first moment; now when absent.")
    String validFrom;

    @Option(
            names = "--valid-until",
            paramLabel = "TIME",
            description = "Article 7: the first moment after it, such as 2027-06-30T00:00:00Z.")
    String validUntil;

    @Option(names = "--notice-days", paramLabel = "DAYS", description = "Article 8: days from a notice to the end.")
    Integer noticeDays;

    @Option(names = "--legal-basis", paramLabel = "TEXT", description = "Article 9: the legal basis, in words.")
    String legalBasis;

    @Option(names = "--reference", paramLabel = "TEXT", description = "Article 9: where the paper lies.")
    String reference;

    @Option(
            names = "--own-contact",
            paramLabel = "URI",
            description = "Article 10: contact point of this centre; those on its card when absent. May be repeated.")
    List<String> ownContacts;

    @Option(
            names = "--partner-contact",
            paramLabel = "URI",
            description = "Article 10: contact point of the partner; those on its card when absent. May be repeated.")
    List<String> partnerContacts;

    @Override
    protected int run(CentreClient centre) throws IOException {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        if (file != null) {
            JsonNode read = CentreAnswers.parse(FileFailures.bytes(file));
            if (!(read instanceof ObjectNode draft)) {
                throw new CommandLine.ParameterException(spec.commandLine(), file + " is no draft of an agreement");
            }
            form.setAll(draft);
            form.remove("missing");
        }
        if (fromSettings) {
            JsonNode answer = json(centre.get("/api/agreement-drafts/" + CentreAnswers.encoded(partner)));
            form.setAll((ObjectNode) answer.path("draft"));
        }
        form.put("partner", partner);
        if (with != null || withContacts != null) {
            form.set("with", furtherParties());
        }
        options().forEach((name, value) -> form.set(name, CentreAnswers.parse(CentreAnswers.json(value))));
        if (fromSettings && incomplete(form)) {
            return ExitCode.FAILED;
        }
        JsonNode agreement = json(centre.post("/api/agreements", "application/json", CentreAnswers.json(form)));
        if (json()) {
            out().json(CentreAnswers.pretty(agreement));
        } else {
            new AgreementText(out()).show(agreement);
            out().println(
                            AgreementText.group(agreement)
                                    ? "proposed; " + AgreementText.others(agreement)
                                            + " receive it by themselves, and each must accept it"
                                    : "proposed; " + partner + " receives it by itself, and must accept it");
        }
        return ExitCode.OK;
    }

    /** Shows a draft that cannot be signed yet, and what to complete. */
    private boolean incomplete(ObjectNode form) {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("purposes", "--purpose");
        needed.put("legal_basis", "--legal-basis");
        needed.put("valid_until", "--valid-until");
        needed.put("own_contacts", "--own-contact");
        needed.put("partner_contacts", "--partner-contact");
        List<String> missing = needed.keySet().stream()
                .filter(name -> isEmpty(form.path(name)))
                .toList();
        if (missing.isEmpty()) {
            return false;
        }
        out().json(CentreAnswers.pretty(form));
        err().println("nothing is signed yet: complete "
                + missing.stream().map(needed::get).collect(Collectors.joining(", "))
                + ", or save this draft, complete it and use --file");
        return true;
    }

    private static boolean isEmpty(JsonNode member) {
        return member.isTextual() ? member.asText().isBlank() : member.isEmpty();
    }

    private ArrayNode furtherParties() {
        Map<String, List<String>> contacts = new LinkedHashMap<>();
        for (String pair : withContacts == null ? List.<String>of() : withContacts) {
            int at = pair.indexOf('=');
            if (at < 1 || with == null || !with.contains(pair.substring(0, at))) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "--with-contact " + pair
                                + " names no party of --with; write --with seoul --with-contact seoul=mailto:soc@example.com");
            }
            contacts.computeIfAbsent(pair.substring(0, at), name -> new ArrayList<>())
                    .add(pair.substring(at + 1));
        }
        ArrayNode parties = JsonNodeFactory.instance.arrayNode();
        for (String name : with) {
            ObjectNode party = parties.addObject().put("partner", name);
            if (contacts.containsKey(name)) {
                contacts.get(name).forEach(party.withArrayProperty("contacts")::add);
            }
        }
        return parties;
    }

    private Map<String, Object> options() {
        Map<String, Object> given = new LinkedHashMap<>();
        CentreAnswers.put(given, "change", change);
        CentreAnswers.put(given, "purposes", purposes);
        CentreAnswers.put(given, "purpose_on_use", purposeOnUse);
        CentreAnswers.put(given, "kinds", kinds == null ? null : covered());
        CentreAnswers.put(given, "max_tlp", maxTlp);
        CentreAnswers.put(given, "relay", relay);
        CentreAnswers.put(given, "retention_days", retentionDays);
        CentreAnswers.put(given, "valid_from", validFrom);
        CentreAnswers.put(given, "valid_until", validUntil);
        CentreAnswers.put(given, "notice_days", noticeDays);
        CentreAnswers.put(given, "legal_basis", legalBasis);
        CentreAnswers.put(given, "reference", reference);
        CentreAnswers.put(given, "own_contacts", ownContacts);
        CentreAnswers.put(given, "partner_contacts", partnerContacts);
        return given;
    }

    private Map<String, Boolean> covered() {
        Map<String, Boolean> covered = new LinkedHashMap<>();
        for (ObservableKind kind : ObservableKind.values()) {
            covered.put(kind.code(), kinds.contains(TECHNICAL) && !kind.personal());
        }
        for (String name : kinds) {
            if (name.equals(TECHNICAL)) {
                continue;
            }
            if (!covered.containsKey(name)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "there is no kind of observables \"" + name + "\"; use technical, or of "
                                + Arrays.stream(ObservableKind.values())
                                        .map(ObservableKind::code)
                                        .collect(Collectors.joining(", ")));
            }
            covered.put(name, true);
        }
        return covered;
    }
}
