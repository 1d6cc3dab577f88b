package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.agreements.AgreementState;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.intake.IdConflict;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.renewal.Expiry;
import uz.koprik.gateway.retention.RuleWords;
import uz.koprik.indicators.documents.DocumentDoubts;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.observable.text.Remark;
import uz.koprik.indicators.policy.Article;
import uz.koprik.indicators.policy.ReleaseDecision;
import uz.koprik.indicators.warninglist.ProtectedValues;

/** Every reason that the API has a code for is said in every language. */
class ReasonTextsTest {

    private static JsonNode texts(String folder, String language) throws IOException {
        try (InputStream in =
                ReasonTextsTest.class.getResourceAsStream("/console/" + folder + "/texts/" + language + ".json")) {
            return CentreAnswers.parse(in.readAllBytes());
        }
    }

    @Test
    void everyCodeHasItsText() throws IOException {
        List<String> keys = new ArrayList<>();
        for (ReleaseDecision.Code code : ReleaseDecision.Code.values()) {
            keys.add("release." + code.word());
        }
        for (Refusal.Code code : Refusal.Code.values()) {
            keys.add("refusal." + code.name().toLowerCase(Locale.ROOT));
            keys.add("advice." + code.name().toLowerCase(Locale.ROOT));
        }
        DocumentDoubts.codes().forEach(code -> keys.add("doubt." + code));
        for (ProtectedValues.Reason reason : ProtectedValues.Reason.values()) {
            keys.add("protection." + reason.code());
        }
        for (Article article : Article.values()) {
            keys.add("article." + article.number());
        }
        Stream.of(ValueRemark.Code.values()).map(ReasonTextsTest::keys).forEach(keys::addAll);
        Stream.of(Remark.values())
                .filter(remark -> !remark.doubtful()) // a doubt is said as its question
                .forEach(remark -> keys.add("remark." + remark.name().toLowerCase(Locale.ROOT)));
        for (RuleWords.Code code : RuleWords.Code.values()) {
            keys.add("rule." + code.word());
        }
        keys.add("decided");
        keys.add("interim");
        for (String language : Browser.LANGUAGES) {
            JsonNode texts = texts("reasons", language);
            assertEquals(List.of(), keys.stream().filter(key -> !texts.has(key)).toList(), language);
            assertEquals(keys.size(), texts.size(), "no text without a code: " + language);
        }
    }

    private static List<String> keys(ValueRemark.Code code) {
        String key = "remark." + code.word();
        return switch (code) {
            case MASKED_CARD, SAME_ENDS -> List.of(key, key + "_many");
            case SHARED_FORM, EVM_FORM, TEST_NETWORK -> List.of(key);
        };
    }

    /** What the table of roles says, what a forbidden screen says, and what the form of accounts explains. */
    @Test
    void everyRoleAndRightHasItsName() throws IOException {
        String screens = Files.readString(ConsoleTexts.ROOT.resolve("screens.js"));
        List<String> asked = Pattern.compile("right: \\[?'([a-z]+)'")
                .matcher(screens)
                .results()
                .map(found -> "right." + found.group(1))
                .distinct()
                .toList();
        assertEquals(true, asked.contains("right.release"), asked::toString);
        for (String language : Browser.LANGUAGES) {
            JsonNode roles = texts("roles", language);
            JsonNode frame = texts("frame", language);
            for (Role role : Role.values()) {
                assertEquals(true, roles.has("is." + role.code()), language + " " + role);
                assertEquals(true, frame.has("role." + role.code()), language + " " + role);
            }
            for (Right right : Right.values()) {
                assertEquals(true, roles.has("right." + right.code()), language + " " + right);
            }
            assertEquals(
                    List.of(), asked.stream().filter(key -> !frame.has(key)).toList(), language);
        }
    }

    @Test
    void everyRoleOfAColumnHasItsName() throws IOException {
        for (String language : Browser.LANGUAGES) {
            JsonNode texts = texts("report", language);
            for (ColumnRole role : ColumnRole.values()) {
                String key = "column." + (role == ColumnRole.SKIP ? "none" : role.code());
                assertEquals(true, texts.has(key), language + " " + key);
            }
        }
    }

    /** What operators are shown, by kind and, where that matters, by what it is about. */
    @Test
    void everyNoticeHasItsText() throws IOException {
        List<String> keys = new ArrayList<>();
        for (Notice.Kind kind : Notice.Kind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT);
            keys.add("kind." + word);
            switch (kind) {
                case AGREEMENT -> {
                    keys.add("notice.agreement.proposal");
                    Stream.of(AgreementState.ENDED, AgreementState.TERMINATED, AgreementState.UNPROVEN)
                            .forEach(state -> keys.add("notice.agreement." + state.word()));
                }
                case STALLED_FEED -> keys.addAll(List.of("notice.stalled_feed.pull", "notice.stalled_feed.push"));
                case EXPIRY -> keys.addAll(List.of("notice.expiry", "notice.expired"));
                default -> keys.add("notice." + word);
            }
            if (kind != Notice.Kind.EXPIRY) {
                keys.add("action." + word);
            }
        }
        for (Expiry.Kind kind : Expiry.Kind.values()) {
            keys.add("thing." + kind.word());
            keys.add("action.expiry." + kind.word());
            switch (kind) {
                case CARD, SIGNING_KEY, CERTIFICATE -> keys.add("action.expiry." + kind.word() + ".partner");
                case TRUST_LIST, AGREEMENT -> {}
            }
        }
        for (IdConflict.Outcome outcome : IdConflict.Outcome.values()) {
            String key = "conflict." + outcome.name().toLowerCase(Locale.ROOT);
            if (outcome == IdConflict.Outcome.REFUSED) {
                Stream.of(IdConflict.Kind.values())
                        .map(kind -> key + '.' + kind.name().toLowerCase(Locale.ROOT))
                        .forEach(keys::add);
            } else {
                keys.add(key);
            }
        }
        for (String language : Browser.LANGUAGES) {
            JsonNode texts = texts("alerts", language);
            assertEquals(List.of(), keys.stream().filter(key -> !texts.has(key)).toList(), language);
        }
    }
}
