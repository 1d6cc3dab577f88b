package uz.koprik.gateway.cli.cases;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;

/** Takes values out of a case. */
@Command(name = "remove", description = "Takes values out of a case; its history keeps that they were there.")
final class CaseRemoveCommand extends CaseCommand.CaseClient {

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Number of the case.")
    String number;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "VALUE", description = "Values in any spelling.")
    List<String> values;

    @Override
    protected int run(CentreClient centre) {
        return printChanged(
                json(
                        centre.post(
                                path(number) + "/observables/remove",
                                "application/json",
                                CentreAnswers.json(Map.of("values", values))),
                        values),
                values);
    }
}
