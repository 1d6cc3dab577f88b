package uz.koprik.gateway.trouble;

/** Why a feed of others is not read. */
public enum SourceTrouble implements Trouble.Kind {
    FEED_HOST_UNKNOWN("the host {host} is unknown: correct \"url\", or look at name resolution"),
    FEED_HOST_NOT_PUBLIC("the host {host} has the address {address}, which is not public: correct \"url\", or set"
            + " \"private_networks: true\" for this feed"),
    FEED_CONNECTION_REFUSED("no connection to {host}: it refuses, or is not there"),
    FEED_NO_ANSWER("no answer from {host} ({said})"),
    FEED_TLS("the TLS handshake with {host} failed: its certificate is not of a known authority, not for this name, or"
            + " expired; \"ca\" names other authorities"),
    FEED_CREDENTIALS("the server answered {status}: it wants credentials, or others; write them into the file that"
            + " \"headers_file\" names"),
    FEED_NOT_THERE("the server answered {status}: there is no feed at {place}; correct \"url\""),
    FEED_ASKED_TOO_OFTEN("the server answered 429: it is asked too often; raise \"interval\""),
    FEED_SERVER_BUSY("the server answered 503: it cannot serve now"),
    FEED_STATUS("the server answered {status}"),
    FEED_BROKE_OFF("the answer of the server did not arrive whole"),
    FEED_TOO_SLOW("the feed did not arrive within {seconds} s; raise \"timeout\" if its server is slow"),
    FEED_REDIRECTS("the server redirects more than {count} times: use the last target as \"url\""),
    FEED_REDIRECT_NO_URL("the server redirects to something that is no URL"),
    FEED_REDIRECT_NOT_SAFE("the server redirects, and redirects are followed from https:// to https:// only: use the"
            + " target as \"url\" if it is right"),
    FEED_NOTHING_CHANGED("the server says that nothing changed, but was asked for the whole feed"),
    FEED_TOO_LARGE("the feed has more than {size}: raise \"max_size\" of this feed if that is right"),
    FEED_TOO_MANY_EVENTS("the feed has more than {count} events: raise \"max_entries\" of this feed if that is right"),
    FEED_TOO_MANY_ENTRIES(
            "the feed has more than {count} entries: raise \"max_entries\" of this feed if that is right"),
    FEED_EMPTY("the feed has 0 entries: nothing of it is taken and nothing ends; if that is right, koprik feed accept"
            + " {feed}"),
    FEED_SHRUNK("the feed has fewer entries than before, {count} and not {before}: nothing of it is taken and nothing"
            + " ends; if that is right, koprik feed accept {feed}"),
    FEED_PAGES_IN_CIRCLE("the pages of the feed lead in a circle: its producer must mend \"next\""),
    FEED_TOO_MANY_PAGES(
            "the feed has more than {count} pages: ask for larger pages, or for fewer entries, by the query of"
                    + " \"url\""),
    FEED_PAGE_NO_JSON("page {page} of the feed is no JSON with \"results\""),
    FEED_NEXT_NO_URL("\"next\" of a page of the feed is no URL"),
    FEED_NEXT_ELSEWHERE("the next page of the feed is not on the server of \"url\", and is not read"),
    FEED_NO_MANIFEST("what is at {place} is no manifest of a MISP feed: correct \"url\", or \"format\""),
    FEED_NO_EVENT("the file has no MISP event that can be read"),
    FEED_UNREADABLE("the feed cannot be read: {said}"),
    FEED_NO_FILE_USABLE("no file of the feed can be used; {file}: {said}"),
    FEED_FILES_FAIL("{count} files in succession cannot be fetched, the last of them {file}: {said}"),
    FEED_NO_FILE("there is no file in {path}: put the feed there, or correct \"path\""),
    FEED_PATH_UNREADABLE(
            "{path} cannot be read: put the feed there, correct \"path\", or give this process the right to"
                    + " read it"),
    FEED_SETTING_UNREADABLE("the file {file}, which \"{setting}\" of the feed {feed} names, cannot be read"),
    FEED_HEADER("line {line} of the file {file} is no header: write Name: value"),
    FEED_FOLDER_FULL("the folder {folder} cannot be written: make room"),
    FEED_DISK_UNREADABLE("the feed cannot be read from this disk"),
    FEED_STOPPED("reading the feed was stopped"),
    FEED_STORE_AWAY("the store cannot serve now"),
    FEED_CANNOT_SIGN("the centre cannot sign now: {said}"),
    FEED_ERROR("something went wrong here, and the log has the details");

    private final String english;

    SourceTrouble(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
