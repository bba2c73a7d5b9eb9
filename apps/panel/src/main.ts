import { DotGitLabSync } from './panel';

if (!customElements.get('dot-gitlab-sync')) customElements.define('dot-gitlab-sync', DotGitLabSync);
