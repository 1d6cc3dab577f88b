package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;

/** The answers to a proposal. */
final class AgreementAnswers {

    private AgreementAnswers() {}

    /** A command that answers the version of an agreement that waits. */
    abstract static class Answer extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Id of the agreement.")
        String id;

        @Option(
                names = "--sha256",
                paramLabel = "DIGEST",
                description = "Of the version that you read; the one that waits now when absent.")
        String sha256;

        private final String path;
        private final String done;

        Answer(String path, String done) {
            this.path = path;
            this.done = done;
        }

        /** Why; null for none. */
        abstract String reason();

        @Override
        protected final int run(CentreClient centre) {
            String at = "/api/agreements/" + CentreAnswers.encoded(id);
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("sha256", sha256 == null ? waiting(json(centre.get(at))) : sha256);
            if (reason() != null) {
                form.put("reason", reason());
            }
            JsonNode agreement = json(centre.post(at + "/" + path, "application/json", CentreAnswers.json(form)));
            if (json()) {
                out().json(CentreAnswers.pretty(agreement));
            } else {
                out().println(done + ": the agreement " + id + "; " + AgreementText.informed(agreement));
            }
            return ExitCode.OK;
        }

        private String waiting(JsonNode agreement) {
            for (JsonNode version : agreement.path("versions")) {
                if (version.path("state").asText().equals("proposed")) {
                    return version.path("sha256").asText();
                }
            }
            throw new Failure(
                    ExitCode.FAILED,
                    "no version of that agreement waits for an answer; `koprik agreement show " + id
                            + "` shows how they stand");
        }
    }

    /** Countersigns. */
    @Command(
            name = "accept",
            description = "Countersigns the proposal of a partner. Read it before by `koprik agreement show`.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:signed",
                "1:nothing waits for an answer of this centre, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Accept extends Answer {

        Accept() {
            super("acceptance", "signed");
        }

        @Override
        String reason() {
            return null;
        }
    }

    /** Refuses. */
    @Command(
            name = "decline",
            description = "Declines the proposal of a partner.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:declined",
                "1:nothing waits for an answer of this centre, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Decline extends Answer {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the partner reads it.")
        String reason;

        Decline() {
            super("decline", "declined");
        }

        @Override
        String reason() {
            return reason;
        }
    }

    /** Takes back. */
    @Command(
            name = "withdraw",
            description = "Withdraws a proposal of this centre that the partner has not accepted yet.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:withdrawn",
                "1:no proposal of this centre waits, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Withdraw extends Answer {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the partner reads it.")
        String reason;

        Withdraw() {
            super("withdrawal", "withdrawn");
        }

        @Override
        String reason() {
            return reason;
        }
    }
}
