/** Starts the console: texts, then the frame, which asks who is signed in. */
import { load } from './texts.js';
import { theme } from './frame/theme.js';
import './frame/console.js';
import './kit/press.js';

theme();
await load('kit', 'frame', 'problems');
await customElements.whenDefined('koprik-console');
document.querySelector('koprik-console').start();
