package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.centre.Doctor;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/** {@code koprik doctor}. */
@Command(
        name = "doctor",
        description =
                "Examine the home of a centre, running or not: a line per check, with the cure where one is needed.",
        footer = {"", "Example:", "  koprik doctor --home /var/lib/koprik"})
public final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--record",
            description = {
                "Take the files of the home as they are as right, after you have looked at them. Without this, a file that was",
                "changed other than by Koprik stops the next start."
            })
    private boolean record;

    @Override
    public Integer call() throws IOException {
        Home home = HomeOption.existing(spec);
        CommandOutput out = CommandOutput.out(spec);
        Doctor doctor = new Doctor(home, ProcessClock.get());
        if (record) {
            try {
                CommandOutput.err(spec)
                        .println("the files of " + home.root() + " are recorded as they are in " + doctor.record());
                CommandOutput.err(spec).flush();
            } catch (ConfigException wrong) {
                throw new Failure(ExitCode.HOME, wrong.getMessage());
            }
        }
        List<Doctor.Result> results = doctor.examine();
        if (GlobalOptions.of(spec).json()) {
            List<Json> items = results.stream()
                    .<Json>map(result -> JsonObject.builder()
                            .put("check", result.check())
                            .put("ok", result.well())
                            .put("words", result.words())
                            .build())
                    .toList();
            out.json(CanonicalJson.text(
                    JsonObject.builder().put("checks", new JsonArray(items)).build()));
        } else {
            results.forEach(result -> out.println(
                    String.format("%-6s %-12s %s", result.well() ? "ok" : "WRONG", result.check(), result.words())));
        }
        out.flush();
        return results.stream().allMatch(Doctor.Result::well) ? ExitCode.OK : ExitCode.HOME;
    }
}
