package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.HomeOption;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.JvmEnd;
import uz.koprik.gateway.concurrent.ProcessEnd;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/** {@code koprik serve}. */
@Command(
        name = "serve",
        description = "Runs the centre until Ctrl-C or SIGTERM; then finishes the requests in flight and stops.",
        footer = {"", "Example:", "  koprik serve --home /var/lib/koprik"})
public final class ServeCommand implements Callable<Integer> {

    /** A centre that cannot go on ends after this time, stopped well or not; a supervisor starts it again. */
    private static final Duration LAST_GRACE = Duration.ofSeconds(20);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--accept-clock",
            description =
                    "Take the clock of this machine for right, though it contradicts the last entry or the signing key.")
    private boolean acceptClock;

    @Option(
            names = "--accept-loss",
            description = {
                "Continue although entries of the store are lost or damaged. The user, the time and the losses are recorded in",
                "losses.jsonl of the home; what cannot be read is moved beside the journal. Restore a backup instead if there is one."
            })
    private boolean acceptLoss;

    /** The log may be what fails, so the sentence is printed, too. */
    private static ProcessEnd sayAndEnd(ProcessEnd end, CommandOutput err) {
        return sentence -> {
            try {
                err.println("koprik: " + sentence);
                err.flush();
            } finally {
                end.end(sentence);
            }
        };
    }

    @Override
    public Integer call() throws InterruptedException {
        Home home = HomeOption.unrecorded(spec);
        var out = CommandOutput.out(spec);
        Gateway gateway;
        try {
            gateway = Gateway.start(
                    home,
                    new CentreThreads(sayAndEnd(JvmEnd.after(LAST_GRACE), CommandOutput.err(spec))),
                    new Gateway.StartTerms(ProcessClock.get(), acceptClock, acceptLoss));
        } catch (ConfigException | StartFailure | IOException reason) {
            throw new Failure(ExitCode.HOME, reason.getMessage());
        }
        // The JVM ends as soon as this hook has run; until then nothing that was acknowledged is let go.
        Runtime.getRuntime().addShutdownHook(ThreadPools.shutdownHook("stop", gateway::close));
        out.println("Centre " + gateway.config().name() + " answers at " + gateway.url());
        out.println("TLS: " + gateway.tls());
        out.println("ready");
        out.flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }
}
