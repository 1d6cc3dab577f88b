package uz.koprik.gateway.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes values out of a case. */
@Command(name = "remove", description = "Takes values out of a case; its history keeps that they were there.")
final class CaseRemoveCommand extends CaseCommand.CaseClient {

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "VALUE", description = "Values in any spelling.")
    List<String> values;

    @Override
    int run(CentreClient centre) {
        return printChanged(
                json(centre.post(path(number) + "/observables/remove", "application/json", Words.json(Map.of("values", values)))),
                values);
    }
}
