package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Partner centres: own card, introduction, and how the exchange with them goes. */
@Command(
        name = "partner",
        description = "Partner centres: shows our card, adds and removes partners, shows the state of the exchange.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PartnerCardCommand.class,
            PartnerAddCommand.class,
            PartnerCommand.Listing.class,
            PartnerCommand.Status.class,
            PartnerCommand.Pull.class,
            ExplainCommand.class,
            PartnerRemoveCommand.class
        })
public final class PartnerCommand implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which? card, add, list, status, pull, explain or remove");
    }

    /** All partners, one line each. */
    @Command(
            name = "list",
            description = "Lists the partners of a running centre.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:listed", "1:not allowed", "2:the command line is wrong", "3:no centre answers"})
    static final class Listing extends ClientCommand {

        @Override
        protected int run(CentreClient centre) {
            JsonNode partners = json(centre.get("/api/partners")).path("partners");
            if (json()) {
                out().json(CentreAnswers.pretty(partners));
                return ExitCode.OK;
            }
            if (partners.isEmpty()) {
                out().println("no partners yet; add one with `koprik partner add CARDFILE`");
            }
            for (JsonNode partner : partners) {
                out().printf(
                                "%-16s %-8s %-5s %-5s up to %-18s %s%n",
                                partner.path("name").asText(),
                                partner.path("kind").asText(),
                                partner.path("pull").path("on").asBoolean() ? "pull" : "-",
                                partner.path("push").path("on").asBoolean() ? "push" : "-",
                                partner.path("agreement").path("max_tlp").asText(),
                                state(partner));
            }
            return ExitCode.OK;
        }

        private static String state(JsonNode partner) {
            String pull = partner.path("pull").path("last_error").asText("");
            String push = partner.path("push").path("last_error").asText("");
            if (!pull.isEmpty() || !push.isEmpty()) {
                return pull.isEmpty() ? push : pull;
            }
            return partner.path("agreement").path("ended").asBoolean() ? "agreement ended" : "well";
        }
    }

    /** How the exchange with one partner, or with each, goes. */
    @Command(
            name = "status",
            description =
                    "Shows the exchange with partners: last contact, last error, objects received, sent and refused,"
                            + " with reasons; without NAME also the feeds of others.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the exchange goes well",
                "1:something is wrong with a partner or a feed, or there is none of that name",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Status extends ClientCommand {

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "The partner; all of them when absent.")
        String name;

        @Override
        protected int run(CentreClient centre) {
            JsonNode answer =
                    json(centre.get("/api/partners" + (name == null ? "" : "/" + CentreAnswers.encoded(name))));
            JsonNode partners = name == null ? answer.path("partners") : CentreAnswers.list(answer);
            if (json()) {
                out().json(CentreAnswers.pretty(name == null ? partners : answer));
            } else {
                partners.forEach(this::print);
                warnings(answer.path("own_expiries"), "");
            }
            boolean failing = name == null && !json() && feeds(centre);
            for (JsonNode partner : partners) {
                if (!partner.path("pull").path("last_error").asText("").isEmpty()
                        || !partner.path("push").path("last_error").asText("").isEmpty()) {
                    return ExitCode.FAILED;
                }
            }
            return failing ? ExitCode.FAILED : ExitCode.OK;
        }

        /** Prints the feeds of others; whether one of them cannot be read. */
        private boolean feeds(CentreClient centre) {
            boolean failing = false;
            for (JsonNode feed : json(centre.get("/api/feeds")).path("feeds")) {
                FeedText.print(out(), feed);
                failing |= feed.has("last_error");
            }
            return failing;
        }

        private void print(JsonNode partner) {
            out().println(partner.path("name").asText() + "  "
                    + partner.path("title").asText("") + "  "
                    + partner.path("endpoint").asText(""));
            out().println("  is given up to "
                    + partner.path("agreement").path("max_tlp").asText()
                    + (partner.path("agreement").has("personal_purpose")
                            ? ", personal observables for: "
                                    + partner.path("agreement")
                                            .path("personal_purpose")
                                            .asText()
                            : "")
                    + (partner.path("agreement").has("valid_until")
                            ? (partner.path("agreement").path("ended").asBoolean()
                                            ? "; but the agreement ended, so it is given nothing since "
                                            : ", until ")
                                    + partner.path("agreement")
                                            .path("valid_until")
                                            .asText()
                            : "")
                    + (partner.path("accept_unsigned").asBoolean() ? "; may send unsigned objects" : ""));
            if (partner.has("contacts")) {
                StringJoiner contacts = new StringJoiner(", ");
                partner.path("contacts").forEach(contact -> contacts.add(contact.asText()));
                out().println("  its operators: " + contacts);
            }
            if (partner.has("run_by")) {
                out().println("  feeds run by gateway " + partner.path("run_by").asText());
            }
            direction("in", partner.path("pull"), "");
            direction(
                    "out",
                    partner.path("push"),
                    partner.path("push").path("on").asBoolean()
                            ? "; " + partner.path("push").path("lag_entries").asLong() + " entries to go"
                            : "");
            received(partner.path("received"));
            warnings(partner.path("expiries"), "  ");
            for (JsonNode refusal : partner.path("refusals")) {
                out().println("    " + CentreAnswers.moment(refusal.path("time").asText()) + "  "
                        + refusal.path("direction").asText() + "  "
                        + refusal.path("id").asText() + "  "
                        + refusal.path("code").asText()
                        + refusal.path("pointer").asText("").replaceFirst("^(?=.)", " at ") + ": "
                        + refusal.path("reason").asText());
            }
        }

        private void direction(String label, JsonNode direction, String more) {
            out().println("  " + label + ": " + (direction.path("on").asBoolean() ? "on" : "off")
                    + ", " + direction.path("accepted").asLong() + " new, "
                    + direction.path("unchanged").asLong() + " known before, "
                    + direction.path("refused").asLong() + " refused" + reasons(direction.path("reasons"))
                    + "; last contact " + moment(direction, "last_contact") + ", last success "
                    + moment(direction, "last_success") + more);
            long waiting = direction.path("waiting").asLong();
            if (waiting > 0) {
                out().println("    of the refused, " + waiting + " wait" + reasons(direction.path("waiting_reasons"))
                        + " and are " + (label.equals("in") ? "fetched" : "pushed") + " again when the reason passes");
            }
            String error = direction.path("last_error").asText("");
            if (!error.isEmpty()) {
                out().println("    since " + moment(direction, "failing_since") + ": " + error);
            }
        }

        /** What has ended or ends soon. */
        private void warnings(JsonNode expiries, String indent) {
            for (JsonNode expiry : expiries) {
                if (expiry.has("warning")) {
                    out().println(indent + "warning: " + expiry.path("warning").asText());
                }
            }
        }

        /** What the partner pushed to us. */
        private void received(JsonNode received) {
            out().println("  pushed to us: " + received.path("accepted").asLong() + " new, "
                    + received.path("unchanged").asLong() + " known before, "
                    + received.path("refused").asLong() + " refused" + reasons(received.path("reasons"))
                    + "; last request " + moment(received, "last_contact"));
        }

        private static String reasons(JsonNode reasons) {
            if (reasons.isEmpty()) {
                return "";
            }
            StringJoiner joined = new StringJoiner(", ", " (", ")");
            for (Map.Entry<String, JsonNode> reason : reasons.properties()) {
                joined.add(reason.getKey() + " " + reason.getValue().asLong());
            }
            return joined.toString();
        }

        private static String moment(JsonNode direction, String name) {
            return direction.has(name)
                    ? CentreAnswers.moment(direction.path(name).asText())
                    : "never";
        }
    }

    /** Asks a partner for news now. */
    @Command(
            name = "pull",
            description = "Asks a partner for new objects now instead of at the next turn.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:started",
                "1:nothing is fetched from that partner",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Pull extends ClientCommand {

        @Parameters(paramLabel = "NAME", description = "The partner.")
        String name;

        @CommandLine.Option(
                names = "--from-start",
                description = "Read everything again, for what the partner did not release to us before.")
        boolean fromStart;

        @Override
        protected int run(CentreClient centre) {
            JsonNode answer = json(centre.post(
                    "/api/partners/" + CentreAnswers.encoded(name) + "/pull" + (fromStart ? "?from_start=true" : ""),
                    "application/json",
                    new byte[0]));
            if (json()) {
                out().json(CentreAnswers.pretty(answer));
            } else {
                out().println("asking " + name + " for news");
            }
            return ExitCode.OK;
        }
    }
}
