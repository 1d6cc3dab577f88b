/**
 * The only module that talks to the centre. All other modules use these functions, so that headers, errors and the end
 * of a session are handled in one place.
 */

/** Where the centre's API is: one level above the page, so that a proxy may serve the centre below a path. */
const ROOT = new URL('..', document.baseURI);
/** Where the modules of the console are. */
const MODULES = new URL('./', import.meta.url);
const RECONNECT_MS = 3000;
const LONGEST_RECONNECT_MS = 60000;
/** Four heartbeats of the centre. */
const SILENCE_MS = 60000;
/** The centre refuses changes by cookie without it: other sites cannot send this header. */
const HEADERS = { 'Koprik-Console': '1' };
/** Where the purpose of use is kept while the tab is open. */
const USE = 'koprik.use';

/** For what the person uses personal data of partners in this tab. @returns {{account: string, purpose: string, number: string}|null} */
export function use() {
  try {
    return JSON.parse(sessionStorage.getItem(USE));
  } catch {
    return null;
  }
}

/** Says it with each later request, or nothing any more; event `koprik-use` on window. @param {{account: string, purpose: string, number: string}|null} said */
export function setUse(said) {
  if (said) {
    sessionStorage.setItem(USE, JSON.stringify(said));
  } else {
    sessionStorage.removeItem(USE);
  }
  window.dispatchEvent(new CustomEvent('koprik-use'));
}

function always() {
  const said = use();
  return said ? { ...HEADERS, 'Koprik-Purpose': encodeURIComponent(said.purpose), 'Koprik-Case': encodeURIComponent(said.number) } : HEADERS;
}

/** An answer that is not a success, or no answer (`status` 0, `code` "no-answer"). */
export class ApiError extends Error {
  /**
   * @param {{status: number, title?: string, detail?: string, code?: string, requestId?: string, retryAfter?: number, body?: any, reads?: boolean}} problem
   *   `reads`: the request only asked, so that it may be repeated without anybody
   */
  constructor({ status, title = '', detail = '', code = 'internal-error', requestId = '', retryAfter, body = null, reads = false }) {
    super(detail || title || code);
    this.name = 'ApiError';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.code = code;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.body = body;
    this.reads = reads;
  }
}

/** Reads JSON. @param {string} path @param {Record<string, any>} [query] @param {Options} [options] */
export const get = (path, query, options = {}) => exchange('GET', path, undefined, { query, ...options });
/** Sends JSON by POST; `{ reads: true }` for a question that needs a body. */
export const post = (path, body, options) => exchange('POST', path, body, options);
/** Sends JSON by PUT. */
export const put = (path, body, options) => exchange('PUT', path, body, options);
/** Sends JSON by PATCH. */
export const patch = (path, body, options) => exchange('PATCH', path, body, options);
/** Deletes. */
export const del = (path, options) => exchange('DELETE', path, undefined, options);

/** The address of an API path with its query; arrays become repeated parameters, empty values are left out. */
export function address(path, query) {
  const url = new URL(path.replace(/^\//, ''), ROOT);
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        url.searchParams.append(name, String(one));
      }
    }
  }
  return url;
}

/**
 * @typedef {{query?: Record<string, any>, contentType?: string, ifMatch?: string, signal?: AbortSignal, raw?: boolean, headers?: Record<string, string>, reads?: boolean}} Options
 *   `raw`: the answer has body, headers and status
 */

/** @param {string} method @param {string} path @param {any} body @param {Options} options @returns {Promise<any>} */
async function exchange(method, path, body, { query, contentType, ifMatch, signal, raw, headers, reads = method === 'GET' } = {}) {
  const json = body !== undefined && contentType === undefined;
  const response = await answer(address(path, query), {
    method,
    signal,
    headers: {
      ...always(),
      Accept: 'application/json, application/problem+json',
      ...(body === undefined ? {} : { 'Content-Type': contentType ?? 'application/json' }),
      ...(ifMatch ? { 'If-Match': ifMatch } : {}),
      ...headers,
    },
    body: json ? JSON.stringify(body) : body,
  }, reads);
  const content = await bodyOf(response);
  return raw ? { body: content, headers: response.headers, status: response.status } : content;
}

async function answer(url, init, reads = false) {
  let response;
  try {
    response = await fetch(url, { credentials: 'same-origin', cache: 'no-store', redirect: 'follow', ...init });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    reachable(false);
    throw unanswered(failure, reads);
  }
  reachable(true);
  if (!response.ok) {
    throw problemOf(response.status, response.headers, await bodyOf(response).catch(() => null));
  }
  return response;
}

const unanswered = (failure, reads) => new ApiError({ status: 0, code: 'no-answer', detail: failure.message, reads });

async function bodyOf(response) {
  const text = await response.text();
  if (text === '') {
    return null;
  }
  return (response.headers.get('Content-Type') ?? '').includes('json') ? JSON.parse(text) : text;
}

function problemOf(status, headers, body) {
  if (status === 401) {
    window.dispatchEvent(new CustomEvent('koprik-signed-out'));
  }
  if (status === 401 || body?.code === 'purpose-refused') {
    setUse(null);
  }
  const details = body !== null && typeof body === 'object' ? body : {};
  const wait = Number(headers.get('Retry-After'));
  return new ApiError({
    status,
    title: details.title,
    detail: details.detail ?? details.description,
    code: details.code ?? (status === 502 || status === 504 ? 'no-answer' : undefined),
    requestId: details.request_id ?? headers.get('X-Request-Id') ?? '',
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
    body,
  });
}

let answered = true;

addEventListener('offline', () => reachable(false));

/** Says by event `koprik-reachable` on window (detail: whether) when the centre stops to answer, and when it is back. */
function reachable(now) {
  if (now !== answered) {
    answered = now;
    window.dispatchEvent(new CustomEvent('koprik-reachable', { detail: now }));
  }
}

/**
 * Uploads a file, a blob or a text; `onProgress` gets the sent share from 0 to 1.
 * @param {string} path @param {File|Blob} file
 * @param {{query?: Record<string, any>, method?: string, contentType?: string, onProgress?: (share: number) => void, signal?: AbortSignal, headers?: Record<string, string>, reads?: boolean}} options
 * @returns {Promise<any>} the body of the answer
 */
export function send(path, file, { query, method = 'POST', contentType, onProgress, signal, headers, reads = false } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address(path, query));
    Object.entries({ ...always(), Accept: 'application/json', ...headers }).forEach(([k, v]) => request.setRequestHeader(k, v));
    request.setRequestHeader('Content-Type', contentType || file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onload = () => {
      reachable(true);
      const type = request.getResponseHeader('Content-Type') ?? '';
      let body = request.responseText;
      try {
        body = type.includes('json') && body !== '' ? JSON.parse(body) : body;
      } catch (broken) {
        reject(new ApiError({ status: request.status, code: 'no-answer', detail: broken.message }));
        return;
      }
      if (request.status >= 200 && request.status < 300) {
        resolve(body === '' ? null : body);
      } else {
        reject(problemOf(request.status, { get: (name) => request.getResponseHeader(name) }, body));
      }
    };
    request.onerror = () => {
      reachable(false);
      reject(new ApiError({ status: 0, code: 'no-answer', reads }));
    };
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/**
 * Fetches and saves as a file; `method` and `body` for an export by POST.
 * @param {string} path @param {Record<string, any>} query @param {string} fileName @param {{signal?: AbortSignal, accept?: string, method?: string, body?: any}} options
 */
export async function download(path, query, fileName, { signal, accept, method = 'GET', body } = {}) {
  const response = await answer(address(path, query), {
    method,
    signal,
    headers: { ...always(), Accept: accept ?? '*/*', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  saveAs(await response.blob(), fileName);
}

/** Saves a blob as a file of that name. */
export function saveAs(blob, fileName) {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/**
 * Follows a stream of server-sent events and reconnects after a loss, from the last event's id.
 * @param {{event: (name: string, data: any, id: string) => void, open?: () => void, lost?: (error: ApiError) => void, names?: string[]}} listener
 * @returns {{close: () => void}}
 */
export function events(path, query, listener) {
  const stop = new AbortController();
  follow(path, query, listener, stop.signal);
  return { close: () => stop.abort() };
}

async function follow(path, query, listener, signal) {
  let last = '';
  let wait = RECONNECT_MS;
  while (!signal.aborted) {
    const lost = lossOf(signal);
    try {
      const response = await answer(address(path, query), {
        signal: lost.signal,
        headers: { ...always(), Accept: 'text/event-stream', ...(last ? { 'Last-Event-ID': last } : {}) },
      });
      listener.open?.();
      wait = RECONNECT_MS;
      for await (const { name, data, id } of eventsOf(response.body, lost.heard)) {
        last = id || last;
        listener.event(name, data, last);
      }
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      listener.lost?.(failure);
      if (failure.status >= 400 && failure.status < 500 && failure.status !== 429) {
        return;
      }
      wait = failure.retryAfter ? failure.retryAfter * 1000 : Math.min(wait * 2, LONGEST_RECONNECT_MS);
    } finally {
      lost.end();
    }
    await untilReachable(wait);
  }
}

/**
 * When a stream counts as lost: a connection that was cut without a word stays open here for ever, so that the centre
 * sends a heartbeat. @param {AbortSignal} outer ends it too
 */
function lossOf(outer) {
  const lost = new AbortController();
  let timer;
  const cut = () => lost.abort();
  const away = (event) => !event.detail && cut();
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(cut, SILENCE_MS);
  };
  outer.addEventListener('abort', cut);
  window.addEventListener('koprik-reachable', away);
  heard();
  return {
    signal: lost.signal,
    heard,
    end: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', cut);
      window.removeEventListener('koprik-reachable', away);
    },
  };
}

/** Ends after that time, or when the centre is back. */
function untilReachable(wait) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('koprik-reachable', back);
      resolve();
    };
    const back = (event) => event.detail && end();
    const timer = setTimeout(end, wait);
    window.addEventListener('koprik-reachable', back);
  });
}

async function* eventsOf(stream, heard) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = { name: 'message', data: [], id: '' };
  for (;;) {
    const { value, done } = await reader.read();
    heard();
    if (done) {
      return;
    }
    const lines = (rest + value).split(/\r\n|\n|\r/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (event.data.length > 0) {
          yield { name: event.name, data: jsonOrText(event.data.join('\n')), id: event.id };
        }
        event = { name: 'message', data: [], id: '' };
      } else if (!line.startsWith(':')) {
        const [, field, text] = /^([^:]*):? ?(.*)$/.exec(line);
        if (field === 'data') {
          event.data.push(text);
        } else if (field === 'event') {
          event.name = text;
        } else if (field === 'id') {
          event.id = text;
        }
      }
    }
  }
}

function jsonOrText(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A JSON file beside the modules of the console, such as a file of texts. */
export async function asset(path) {
  const response = await fetch(new URL(path, MODULES), { credentials: 'same-origin' }).catch((failure) => {
    reachable(false);
    throw unanswered(failure, true);
  });
  if (!response.ok) {
    throw new ApiError({ status: response.status, code: 'not-found', detail: path });
  }
  return response.json();
}

/**
 * Loads a module of the console when it is needed. One that cannot be had: no connection, or the centre has a newer
 * console and only a new page helps.
 * @param {string} path from the root of the console
 */
export async function module(path) {
  try {
    return await import(new URL(path, MODULES).href);
  } catch (failure) {
    // Finds out whether the centre is away, and says so.
    await get('/api/sign-in').catch(() => {});
    throw Object.assign(unanswered(failure, true), { reload: true });
  }
}
