package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.accessrecord.AccessCheck;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;

/** {@code koprik access verify}. */
@Command(
        name = "verify",
        description = {
            "Checks the access record in the home for entries that were changed or removed. Shows no entries.",
            "The last line of a stream names its end: kept elsewhere, it proves later that nothing before it was changed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the record is whole",
            "1:entries were changed or removed",
            "2:the command line is wrong",
            "4:there is no centre in the home"
        })
final class AccessVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandOutput out = CommandOutput.out(spec);
        List<AccessCheck> checks = AccessCheck.all(HomeOption.unrecorded(spec).access());
        boolean json = GlobalOptions.of(spec).json();
        for (AccessCheck check : checks) {
            if (json) {
                out.json(CanonicalJson.text(JsonObject.builder()
                        .put("stream", check.stream())
                        .put("entries", check.entries())
                        .put("last", check.last().number())
                        .put("chain", check.last().hash())
                        .putStrings("findings", check.findings())
                        .build()));
            } else {
                check.findings().forEach(finding -> out.println(check.stream() + ": " + finding));
                out.println(check.stream() + ": " + check.entries() + " entries"
                        + (check.findings().isEmpty() ? ", whole" : "") + "; ends with "
                        + check.last().number() + " " + check.last().hash());
            }
        }
        if (checks.isEmpty() && !json) {
            out.println("there are no entries yet");
        }
        out.flush();
        return checks.stream().allMatch(check -> check.findings().isEmpty()) ? ExitCode.OK : ExitCode.FAILED;
    }
}
