package uz.koprik.gateway.trouble;

import uz.koprik.indicators.wording.English;
import uz.koprik.indicators.wording.SentenceKind;

/** Why a feed of others is not read. */
public enum SourceTrouble implements SentenceKind {
    @English("the host {host} is unknown: correct \"url\", or look at name resolution")
    FEED_HOST_UNKNOWN,
    @English("the host {host} has the address {address}, which is not public: correct \"url\", or set"
            + " \"private_networks: true\" for this feed")
    FEED_HOST_NOT_PUBLIC,
    @English("no connection to {host}: it refuses, or is not there")
    FEED_CONNECTION_REFUSED,
    @English("no answer from {host} ({said})")
    FEED_NO_ANSWER,
    @English("the TLS handshake with {host} failed: its certificate is not of a known authority, not for this name, or"
            + " expired; \"ca\" names other authorities")
    FEED_TLS,
    @English("the server answered {status}: it wants credentials, or others; write them into the file that"
            + " \"headers_file\" names")
    FEED_CREDENTIALS,
    @English("the server answered {status}: there is no feed at {place}; correct \"url\"")
    FEED_NOT_THERE,
    @English("the server answered 429: it is asked too often; raise \"interval\"")
    FEED_ASKED_TOO_OFTEN,
    @English("the server answered 503: it cannot serve now")
    FEED_SERVER_BUSY,
    @English("the server answered {status}")
    FEED_STATUS,
    @English("the answer of the server did not arrive whole")
    FEED_BROKE_OFF,
    @English("the feed did not arrive within {seconds} s; raise \"timeout\" if its server is slow")
    FEED_TOO_SLOW,
    @English("the server redirects more than {count} times: use the last target as \"url\"")
    FEED_REDIRECTS,
    @English("the server redirects to something that is no URL")
    FEED_REDIRECT_NO_URL,
    @English("the server redirects, and redirects are followed from https:// to https:// only: use the"
            + " target as \"url\" if it is right")
    FEED_REDIRECT_NOT_SAFE,
    @English("the server says that nothing changed, but was asked for the whole feed")
    FEED_NOTHING_CHANGED,
    @English("the feed has more than {size}: raise \"max_size\" of this feed if that is right")
    FEED_TOO_LARGE,
    @English("the feed has more than {count} events: raise \"max_entries\" of this feed if that is right")
    FEED_TOO_MANY_EVENTS,
    @English("the feed has more than {count} entries: raise \"max_entries\" of this feed if that is right")
    FEED_TOO_MANY_ENTRIES,
    @English("the feed has 0 entries: nothing of it is taken and nothing ends; if that is right, koprik feed accept"
            + " {feed}")
    FEED_EMPTY,
    @English("the feed has fewer entries than before, {count} and not {before}: nothing of it is taken and nothing"
            + " ends; if that is right, koprik feed accept {feed}")
    FEED_SHRUNK,
    @English("the pages of the feed lead in a circle: its producer must mend \"next\"")
    FEED_PAGES_IN_CIRCLE,
    @English("the feed has more than {count} pages: ask for larger pages, or for fewer entries, by the query of"
            + " \"url\"")
    FEED_TOO_MANY_PAGES,
    @English("page {page} of the feed is no JSON with \"results\"")
    FEED_PAGE_NO_JSON,
    @English("\"next\" of a page of the feed is no URL")
    FEED_NEXT_NO_URL,
    @English("the next page of the feed is not on the server of \"url\", and is not read")
    FEED_NEXT_ELSEWHERE,
    @English("what is at {place} is no manifest of a MISP feed: correct \"url\", or \"format\"")
    FEED_NO_MANIFEST,
    @English("the file has no MISP event that can be read")
    FEED_NO_EVENT,
    @English("member {member} is no event with its UUID, and is not read")
    FEED_MEMBER_NO_EVENT,
    @English("the manifest names it, but the server has no such file")
    FEED_LISTED_FILE_MISSING,
    @English("the feed cannot be read: {said}")
    FEED_UNREADABLE,
    @English("no file of the feed can be used; {file}: {said}")
    FEED_NO_FILE_USABLE,
    @English("{count} files in succession cannot be fetched, the last of them {file}: {said}")
    FEED_FILES_FAIL,
    @English("there is no file in {path}: put the feed there, or correct \"path\"")
    FEED_NO_FILE,
    @English("{path} cannot be read: put the feed there, correct \"path\", or give this process the right to"
            + " read it")
    FEED_PATH_UNREADABLE,
    @English("the file {file}, which \"{setting}\" of the feed {feed} names, cannot be read")
    FEED_SETTING_UNREADABLE,
    @English("line {line} of the file {file} is no header: write Name: value")
    FEED_HEADER,
    @English("the folder {folder} cannot be written: make room")
    FEED_FOLDER_FULL,
    @English("the feed cannot be read from this disk")
    FEED_DISK_UNREADABLE,
    @English("reading the feed was stopped")
    FEED_STOPPED,
    @English("the store cannot serve now")
    FEED_STORE_AWAY,
    @English("the centre cannot sign now: {said}")
    FEED_CANNOT_SIGN,
    @English("something went wrong here, and the log has the details")
    FEED_ERROR;
}
