package uz.koprik.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that asks a running centre. Failures become one line on standard error and an exit code, see
 * {@link Failure}.
 */
public abstract class ClientCommand implements Callable<Integer> {

    /** Name of the mixin of commands that show what may need a purpose. */
    private static final String USE = "use";

    @Spec
    protected CommandSpec spec;

    @Mixin
    protected ClientOptions options;

    @Override
    public final Integer call() {
        try (CentreClient centre = new CentreClient(options.address())) {
            UseOptions use = spec.mixins().containsKey(USE)
                    ? (UseOptions) spec.mixins().get(USE).userObject()
                    : null;
            if (use != null) {
                use.tell(centre);
            }
            try {
                return run(centre);
            } finally {
                if (use != null) {
                    UseOptions.note(centre, err());
                }
            }
        } catch (Failure failure) {
            throw failure.inWordsOf(spec);
        } catch (IOException e) {
            throw FileFailures.failure(e);
        } finally {
            out().flush();
            err().flush();
        }
    }

    /** Whether the answer is wanted as JSON. */
    protected final boolean json() {
        return GlobalOptions.of(spec).json();
    }

    /** What a centre advises, as it is said on this command line. */
    protected final String advice(String text) {
        return OptionNames.of(spec).in(CentreAnswers.advice(text));
    }

    /** Does the work and returns the exit code. */
    protected abstract int run(CentreClient centre) throws IOException;

    protected final CommandOutput out() {
        return CommandOutput.out(spec);
    }

    protected final CommandOutput err() {
        return CommandOutput.err(spec);
    }

    /** The JSON of an answer that must be a success; anything else fails in the words of the centre. */
    public static JsonNode json(CentreClient.Reply reply) {
        if (!reply.ok()) {
            throw refused(reply);
        }
        return CentreAnswers.parse(reply.body());
    }

    /** What a centre said against a request. */
    public static Failure refused(CentreClient.Reply reply) {
        int exit = reply.status() >= 500 ? ExitCode.UNREACHABLE : ExitCode.FAILED;
        return new Failure(exit, CentreAnswers.problemLines(reply));
    }
}
