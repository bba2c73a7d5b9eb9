import { Credentials1767225611000 } from './1100-credentials';
import { TokenCare1767225622000 } from './2200-token-care';

export const credentialsMigrations = [Credentials1767225611000, TokenCare1767225622000];
