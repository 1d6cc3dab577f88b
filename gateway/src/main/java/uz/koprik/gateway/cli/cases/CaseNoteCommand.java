package uz.koprik.gateway.cli.cases;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Writes a note into a case. */
@Command(name = "note", description = "Writes a note into a case, with your name and the time.")
final class CaseNoteCommand extends CaseCommand.CaseClient {

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Parameters(index = "1", paramLabel = "TEXT", description = "What is to be noted.")
    String text;

    @Override
    protected int run(CentreClient centre) {
        return printOne(json(
                centre.post(path(number) + "/notes", "application/json", CentreAnswers.json(Map.of("text", text)))));
    }
}
