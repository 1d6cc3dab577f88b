package uz.koprik.gateway.cli.centre;

import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;

/** Names of accounts on the command line. */
final class AccountNames {

    private AccountNames() {}

    /**
     * A name that may stand in a path.
     *
     * @throws Failure when no account has such a name
     */
    static String checked(String name) {
        if (!name.matches(Account.NAME)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "a name is 1 to 63 lower-case letters, digits, dots, hyphens and underscores, beginning with a"
                            + " letter");
        }
        return name;
    }
}
