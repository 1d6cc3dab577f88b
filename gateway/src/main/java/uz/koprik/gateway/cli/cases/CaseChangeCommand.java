package uz.koprik.gateway.cli.cases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;

/** Changes parts of a case. */
@Command(name = "change", description = "Changes parts of a case; other parts stay as they are.")
final class CaseChangeCommand extends CaseCommand.CaseClient {

    @Parameters(paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Option(names = "--title", description = "What it is about.")
    String title;

    @Option(names = "--type", description = "Type of crime, such as fraud.")
    String type;

    @Option(names = "--summary", description = "More about it.")
    String summary;

    @Option(names = "--unit", description = "The unit that leads it.")
    String unit;

    @Option(names = "--opened", description = "When it was opened, such as 2026-11-22T08:00:00Z.")
    String opened;

    @Option(
            names = "--loss",
            paramLabel = "LOSS",
            description = "All losses; may be repeated. Replaces those that are there.")
    List<String> losses;

    @Option(names = "--case", paramLabel = "NUMBER", description = "All other cases it is linked to; may be repeated.")
    List<String> cases;

    @Option(names = "--incident", paramLabel = "ID", description = "All STIX objects it is linked to; may be repeated.")
    List<String> incidents;

    @Option(
            names = "--if-version",
            paramLabel = "VERSION",
            description = "Change it only when this is still its version.")
    String version;

    @Override
    protected int run(CentreClient centre) {
        Map<String, Object> form = new LinkedHashMap<>();
        CaseCommand.put(form, "title", title);
        CaseCommand.put(form, "type", type);
        CaseCommand.put(form, "summary", summary);
        CaseCommand.put(form, "unit", unit);
        CaseCommand.put(form, "opened", opened);
        CaseCommand.put(
                form,
                "losses",
                losses == null ? null : losses.stream().map(CaseCommand::loss).toList());
        CaseCommand.put(form, "cases", cases);
        CaseCommand.put(form, "incidents", incidents);
        if (form.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "nothing is to be changed: name at least one of --title, --type, --summary, --unit,"
                            + " --opened, --loss, --case and --incident");
        }
        CaseCommand.put(form, "expected_version", version);
        return printOne(json(centre.patch(path(number), "application/json", CentreAnswers.json(form))));
    }
}
