package uz.koprik.gateway.cli.partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ClientCommand;
import uz.koprik.gateway.cli.ExitCode;

/** Agreements that this centre and a partner sign. */
@Command(
        name = "agreement",
        description =
                "Agreements with partners that both sides sign: proposes, shows, accepts, declines and ends them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AgreementProposeCommand.class,
            AgreementCommand.Listing.class,
            AgreementCommand.Show.class,
            AgreementAnswers.Accept.class,
            AgreementAnswers.Decline.class,
            AgreementAnswers.Withdraw.class,
            AgreementCommand.Terminate.class
        })
public final class AgreementCommand implements Runnable {

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "which? propose, list, show, accept, decline, withdraw or terminate");
    }

    /** What holds with each partner, and all agreements. */
    @Command(
            name = "list",
            description = "Lists what holds with each partner, and all agreements with the state of their versions.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:listed", "1:not allowed", "2:the command line is wrong", "3:no centre answers"})
    static final class Listing extends ClientCommand {

        @Override
        protected int run(CentreClient centre) {
            JsonNode all = json(centre.get("/api/agreements"));
            if (json()) {
                out().json(CentreAnswers.pretty(all));
                return ExitCode.OK;
            }
            new AgreementText(out()).list(all);
            return ExitCode.OK;
        }
    }

    /** The text of an agreement with all versions. */
    @Command(
            name = "show",
            description = "Shows the articles of an agreement, its versions, and who signed what.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:shown",
                "1:there is no such agreement, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Show extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Id of the agreement, as `koprik agreement list` shows it.")
        String id;

        @Override
        protected int run(CentreClient centre) {
            JsonNode agreement = json(centre.get("/api/agreements/" + CentreAnswers.encoded(id)));
            if (json()) {
                out().json(CentreAnswers.pretty(agreement));
                return ExitCode.OK;
            }
            new AgreementText(out()).show(agreement);
            return ExitCode.OK;
        }
    }

    /** Gives notice. */
    @Command(
            name = "terminate",
            description = "Gives signed notice that an agreement ends, at the earliest date of article 8 or later.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:noticed",
                "1:nothing is in force, the date is too early, or not allowed",
                "2:the command line is wrong",
                "3:no centre answers"
            })
    static final class Terminate extends ClientCommand {

        @Parameters(paramLabel = "ID", description = "Id of the agreement.")
        String id;

        @Option(
                names = "--effective",
                paramLabel = "TIME",
                description = "When it ends, such as 2027-06-30T00:00:00Z; as early as article 8 allows when absent.")
        String effective;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; the partner reads it.")
        String reason;

        @Override
        protected int run(CentreClient centre) {
            Map<String, Object> form = new LinkedHashMap<>();
            if (effective != null) {
                form.put("effective", effective);
            }
            if (reason != null) {
                form.put("reason", reason);
            }
            JsonNode agreement = json(centre.post(
                    "/api/agreements/" + CentreAnswers.encoded(id) + "/termination",
                    "application/json",
                    CentreAnswers.json(form)));
            if (json()) {
                out().json(CentreAnswers.pretty(agreement));
                return ExitCode.OK;
            }
            for (JsonNode version : agreement.path("versions")) {
                if (version.has("terminated")) {
                    out().println("signed: the agreement " + id + " ends at "
                            + CentreAnswers.moment(version.path("terminated").asText())
                            + (AgreementText.group(agreement) ? " for this centre" : "") + "; "
                            + AgreementText.informed(agreement));
                    break;
                }
            }
            return ExitCode.OK;
        }
    }
}
